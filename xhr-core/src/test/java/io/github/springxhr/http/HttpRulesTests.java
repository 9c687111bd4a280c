package io.github.springxhr.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpRulesTests {

	/** https://fetch.spec.whatwg.org/#forbidden-request-header */
	@ParameterizedTest
	@ValueSource(strings = { "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers",
			"Access-Control-Request-Method", "Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT",
			"Expect", "Host", "Keep-Alive", "Origin", "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding",
			"Upgrade", "Via", "cOOKIE", "Proxy-", "Proxy-Authorization", "pROXY-x", "Sec-", "Sec-Fetch-Mode", "SEC-x" })
	void requestHeaderIsForbidden(String name) {
		assertThat(HttpRules.isForbiddenRequestHeader(name, "")).isTrue();
	}

	/** https://fetch.spec.whatwg.org/#forbidden-request-header */
	@ParameterizedTest
	@ValueSource(strings = { "Accept", "Accept-Language", "Authorization", "Content-Type", "Cookie3", "Proxy", "Sec",
			"X-Sec-A", "User-Agent", "Set-Cookie2", "Range", "X-HTTP-Method" })
	void requestHeaderIsAllowed(String name) {
		assertThat(HttpRules.isForbiddenRequestHeader(name, "")).isFalse();
	}

	/** https://fetch.spec.whatwg.org/#forbidden-request-header, the override headers */
	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "X-HTTP-Method;TRACE;true", "X-HTTP-Method-Override;trace;true", "X-Method-Override;Connect;true",
					"x-method-override;GET,track ;true", "X-HTTP-Method;a, TRACE;true", "X-HTTP-Method;PUT;false",
					"X-HTTP-Method;TRACER;false", "X-HTTP-Method;\"TRACE\";false", "X-HTTP-Method;\"a, TRACE\";false",
					"X-HTTP-Method;\"a\", TRACE;true", "X-Method;TRACE;false" })
	void overrideOfTheMethodIsForbiddenByItsValue(String name, String value, boolean forbidden) {
		assertThat(HttpRules.isForbiddenRequestHeader(name, value)).isEqualTo(forbidden);
	}

	/** https://fetch.spec.whatwg.org/#forbidden-response-header-name */
	@ParameterizedTest
	@CsvSource({ "Set-Cookie,true", "set-cookie,true", "Set-Cookie2,true", "sET-cOOKIE2,true", "Cookie,false",
			"Set-Cookie3,false" })
	void responseHeaderIsForbidden(String name, boolean forbidden) {
		assertThat(HttpRules.isForbiddenResponseHeaderName(name)).isEqualTo(forbidden);
	}

}
