package io.github.springxhr.http;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReferrerPolicyTests {

	private static final Url SOURCE = Url.parse("https://u:p@h:8443/a/b?c#d", null);

	/**
	 * https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer: to
	 * the same origin, to another one, to another one without TLS; u is the URL, o the
	 * origin
	 */
	@ParameterizedTest
	@CsvSource({ "EMPTY,u,o,-", "NO_REFERRER,-,-,-", "NO_REFERRER_WHEN_DOWNGRADE,u,u,-", "SAME_ORIGIN,u,-,-",
			"ORIGIN,o,o,o", "STRICT_ORIGIN,o,o,-", "ORIGIN_WHEN_CROSS_ORIGIN,u,o,o",
			"STRICT_ORIGIN_WHEN_CROSS_ORIGIN,u,o,-", "UNSAFE_URL,u,u,u" })
	void policyTellsTheUrlTheOriginOrNothing(ReferrerPolicy policy, String same, String cross, String downgrade) {
		assertThat(referrer(policy, "https://h:8443/x")).isEqualTo(same);
		assertThat(referrer(policy, "https://h/x")).isEqualTo(cross);
		assertThat(referrer(policy, "http://localhost/x")).isEqualTo(cross);
		assertThat(referrer(policy, "http://h:8443/x")).isEqualTo(downgrade);
		assertThat(referrer(policy, "data:,x")).isEqualTo(cross);
		assertThat(referrer(policy, "x:x")).isEqualTo(downgrade);
	}

	private static String referrer(ReferrerPolicy policy, String target) {
		String referrer = policy.referrer(SOURCE, Url.parse(target, null));
		if (referrer == null) {
			return "-";
		}
		assertThat(referrer).isIn("https://h:8443/a/b?c", "https://h:8443/");
		return referrer.endsWith("/") ? "o" : "u";
	}

	/** https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer */
	@ParameterizedTest
	@CsvSource({ "NO_REFERRER_WHEN_DOWNGRADE,http://h/a", "STRICT_ORIGIN,http://h/",
			"STRICT_ORIGIN_WHEN_CROSS_ORIGIN,http://h/" })
	void withoutTlsThereIsNoDowngrade(ReferrerPolicy policy, String expected) {
		assertThat(policy.referrer(Url.parse("http://h/a", null), Url.parse("http://i/", null))).isEqualTo(expected);
	}

	/** https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer */
	@ParameterizedTest
	@CsvSource({ "4096,4096", "4097,10" })
	void longUrlIsCutDownToItsOrigin(int length, int expected) {
		String url = "https://h/" + "a".repeat(length - "https://h/".length());
		Url source = Url.parse(url, null);
		assertThat(ReferrerPolicy.UNSAFE_URL.referrer(source, source)).hasSize(expected)
			.isEqualTo(url.substring(0, expected));
	}

	/** https://w3c.github.io/webappsec-referrer-policy/#strip-url */
	@ParameterizedTest
	@EnumSource
	void localUrlIsNoReferrer(ReferrerPolicy policy) {
		assertThat(policy.referrer(Url.parse("data:,x", null), SOURCE)).isNull();
	}

	/**
	 * https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header;
	 * a bar stands between header lines
	 */
	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "no-referrer;NO_REFERRER", "origin, same-origin;SAME_ORIGIN",
					"unsafe-url|strict-origin;STRICT_ORIGIN", "No-Referrer-When-Downgrade;NO_REFERRER_WHEN_DOWNGRADE",
					"origin-when-cross-origin,unknown,;ORIGIN_WHEN_CROSS_ORIGIN",
					"strict-origin-when-cross-origin\t, a b;STRICT_ORIGIN_WHEN_CROSS_ORIGIN", "'';ORIGIN",
					"unknown;ORIGIN", "no_referrer;ORIGIN", "empty;ORIGIN", "'\"unsafe-url\"';ORIGIN" })
	void lastKnownPolicyOfAResponseWins(String lines, ReferrerPolicy expected) {
		HeaderList headers = new HeaderList();
		Arrays.stream(lines.split("\\|")).forEach((line) -> headers.add("referrer-policy", line));
		assertThat(ReferrerPolicy.fromHeaders(headers, ReferrerPolicy.ORIGIN)).isEqualTo(expected);
	}

	/**
	 * https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header
	 */
	@Test
	void policyStaysWithoutTheHeader() {
		assertThat(ReferrerPolicy.fromHeaders(new HeaderList(), ReferrerPolicy.UNSAFE_URL))
			.isEqualTo(ReferrerPolicy.UNSAFE_URL);
		assertThat(ReferrerPolicy.EMPTY.token()).isEmpty();
	}

}
