package io.github.springxhr.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OriginTests {

	/** https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque */
	@Test
	void opaqueOriginIsEqualToItselfOnly() {
		assertThat(Origin.OPAQUE).hasToString("null").isEqualTo(Origin.parse("null"));
		assertThat(Origin.OPAQUE.isOpaque()).isTrue();
		assertThat(Origin.OPAQUE).isNotEqualTo(Origin.parse("http://null"));
		assertThat(Origin.parse("http://null").isOpaque()).isFalse();
	}

	/**
	 * https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
	 */
	@ParameterizedTest
	@CsvSource({ "https://h,https://h", "http://h:8080,http://h:8080", "https://h:443,https://h",
			"HTTPS://H.Example,https://h.example", "http://[::1]:81,http://[::1]:81", "http://h:443,http://h:443",
			"https://b\u00FCcher.example,https://xn--bcher-kva.example" })
	void serializedOriginIsParsed(String text, String expected) {
		Origin origin = Origin.parse(text);
		assertThat(origin).hasToString(expected).isEqualTo(Url.parse(text + "/a?b#c", null).origin());
	}

	/**
	 * https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
	 */
	@ParameterizedTest
	@ValueSource(strings = { "", "NULL", "Null", "*", "h", "h:80", "https://", "https:h", "https:/h", "https:///h",
			"https://h/", "https://h\\", "https://h/a", "https://h?", "https://h#", "https://u@h", "https://u:p@h",
			"https://@h", " https://h", "https://h ", "https://h\n", "https://h\t", "https://h:x", "https://h:65536",
			"https://h https://i", "ftp://h", "data:,x", "file://", "ws://h" })
	void whatIsMoreOrLessIsNoOrigin(String text) {
		assertThat(Origin.parse(text)).isNull();
	}

	/** https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy */
	@ParameterizedTest
	@CsvSource({ "null,false", "https://h,true", "http://h,false", "http://localhost,true",
			"http://LOCALHOST:8080,true", "http://localhost.,true", "http://a.localhost,true",
			"http://a.b.localhost.,true", "http://notlocalhost,false", "http://localhost.example,false",
			"http://127.0.0.1,true", "http://127.255.255.255:81,true", "http://127.1,true", "http://128.0.0.1,false",
			"http://27.0.0.1,false", "http://127.0.0.1.example,false", "http://[::1],true",
			"http://[0:0:0:0:0:0:0:1],true", "http://[::2],false", "http://[::ffff:127.0.0.1],false" })
	void httpsAndTheLocalHostAreTrustworthy(String origin, boolean trustworthy) {
		assertThat(Origin.isPotentiallyTrustworthy(Origin.parse(origin))).isEqualTo(trustworthy);
	}

}
