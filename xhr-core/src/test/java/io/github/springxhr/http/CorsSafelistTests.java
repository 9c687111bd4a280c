package io.github.springxhr.http;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CorsSafelistTests {

	/** https://fetch.spec.whatwg.org/#cors-safelisted-method */
	@ParameterizedTest
	@CsvSource({ "GET,true", "HEAD,true", "POST,true", "get,false", "PUT,false", "DELETE,false", "OPTIONS,false",
			"PATCH,false" })
	void methodIsSafelisted(String method, boolean safelisted) {
		assertThat(CorsSafelist.isSafelistedMethod(method)).isEqualTo(safelisted);
	}

	/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "Accept|text/*;q=0.1, x=y/z|true", "ACCEPT|``|true", "Accept|a\tb|true",
					"Accept|\u00E4\u00FF\u0080|true", "Accept|a(b|false", "Accept-Language|de-DE,*;q=0.9. Zz|true",
					"Accept-Language|a_b|false", "Accept-Language|a\tb|false", "Accept-Language|a/b|false",
					"Accept-Language|@|false", "Accept-Language|[|false", "Accept-Language|{|false",
					"Content-Language|en, fr|true", "content-language|\u00E4|false", "Content-Type|text/plain|true",
					"content-type|TEXT/plain;charset=utf-8|true", "Content-Type|multipart/form-data;boundary=x|true",
					"Content-Type|application/x-www-form-urlencoded|true", "Content-Type|application/json|false",
					"Content-Type|text/plain;charset=\"utf-8\"|false", "Content-Type|text/plain, text/plain|false",
					"Content-Type|text|false", "Content-Type|``|false",
					"Content-Type|application/json, text/plain|false", "Range|bytes=0-|true", "Range|bytes=1-1|true",
					"range|bytes=0100-99|false", "Range|bytes=2-1|false",
					"Range|bytes=99999999999999999999-100000000000000000000|true", "Range|bytes=-500|false",
					"Range|bytes=-|false", "Range|bytes= 0-1|false", "Range|bytes=0-1,3-4|false",
					"Range|Bytes=0-|false", "Range|bytes=0|false", "Range|bytes|false", "Range|``|false",
					"Authorization|a|false", "X-A|a|false", "DPR|1|false" })
	void requestHeaderIsSafelisted(String name, String value, boolean safelisted) {
		assertThat(CorsSafelist.isSafelistedRequestHeader(name, value)).isEqualTo(safelisted);
	}

	/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
	@ParameterizedTest
	@ValueSource(strings = { "Accept", "Content-Type" })
	void unsafeBytesAreNot(String name) {
		String before = "text/plain;a=";
		List<Integer> unsafe = IntStream.rangeClosed(0, 0xFF)
			.filter((c) -> !CorsSafelist.isSafelistedRequestHeader(name, before + (char) c))
			.boxed()
			.toList();
		List<Integer> expected = IntStream
			.concat(IntStream.range(0, 0x20).filter((c) -> c != '\t'), "\"():<>?@[\\]{}\u007F".chars())
			.boxed()
			.toList();
		assertThat(unsafe).containsExactlyElementsOf(expected);
	}

	/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header, the length */
	@ParameterizedTest
	@CsvSource({ "Accept,128,true", "Accept,129,false", "Accept-Language,129,false", "Content-Language,128,true" })
	void longValueIsNotSafelisted(String name, int length, boolean safelisted) {
		assertThat(CorsSafelist.isSafelistedRequestHeader(name, "a".repeat(length))).isEqualTo(safelisted);
	}

	/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names */
	@Test
	void unsafeNamesAreSortedInLowerCaseAndOnce() {
		HeaderList headers = new HeaderList();
		headers.add("X-B", "1");
		headers.add("Accept", "*/*");
		headers.add("x-a", "2");
		headers.add("x-b", "3");
		headers.add("Content-Type", "application/json");
		headers.add("X_B", "4");
		assertThat(CorsSafelist.unsafeRequestHeaderNames(headers)).containsExactly("content-type", "x-a", "x-b", "x_b");
		assertThat(CorsSafelist.unsafeRequestHeaderNames(new HeaderList())).isEmpty();
	}

	/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names, the sum */
	@ParameterizedTest
	@CsvSource({ "0,''", "1,accept accept-language" })
	void safelistedHeadersAreUnsafeIfTheyAreMoreThan1024BytesTogether(int more, String expected) {
		HeaderList headers = new HeaderList();
		IntStream.range(0, 7).forEach((i) -> headers.add("Accept", "a".repeat(128)));
		headers.add("Accept-Language", "a".repeat(127));
		headers.add("accept", "a".repeat(1 + more));
		headers.add("X-A", "a".repeat(1024));
		assertThat(String.join(" ", CorsSafelist.unsafeRequestHeaderNames(headers)))
			.isEqualTo((expected + " x-a").strip());
	}

	/** https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
	@ParameterizedTest
	@CsvSource({ "Authorization,true", "aUTHORIZATION,true", "Proxy-Authorization,false", "X-A,false" })
	void asteriskDoesNotCoverAuthorization(String name, boolean nonWildcard) {
		assertThat(CorsSafelist.isNonWildcardRequestHeaderName(name)).isEqualTo(nonWildcard);
	}

	/** https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
	@ParameterizedTest
	@CsvSource({ "Cache-Control,true", "Content-Language,true", "Content-Length,true", "content-TYPE,true",
			"Expires,true", "Last-Modified,true", "Pragma,true", "ETag,false", "x-exposed,true", "X-EXPOSED,true",
			"X-Other,false", "Set-Cookie,false", "set-cookie2,false", "Access-Control-Allow-Origin,false", "*,false" })
	void responseHeaderIsSafelistedOrExposed(String name, boolean safelisted) {
		assertThat(CorsSafelist.isSafelistedResponseHeaderName(name, List.of("X-Exposed", "set-cookie", "Set-Cookie2")))
			.isEqualTo(safelisted);
	}

}
