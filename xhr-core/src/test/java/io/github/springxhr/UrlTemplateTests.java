package io.github.springxhr;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What variables of a URL template can do to its path.
 */
class UrlTemplateTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@ParameterizedTest
	@CsvSource({ "/api/orders/{id}, ..", "/api/orders/{id}, .", "/api/orders/{id}/items, ..", "{id}, ..",
			"{id}/items, .", "/orders/.{id}, .", "/orders/..{id}, ''", "/orders/{id}?q=1, ..", "/orders/{id}#f, ..",
			"http://other.test/{id}, ..", "/orders/{id:.*}, ..", "../{id}, ..", "\\orders\\..\\{id}/{id}, .." })
	void aDotSegmentIsRefused(String template, String value) {
		assertThatExceptionOfType(XhrException.class)
			.isThrownBy(() -> this.xhr.open(HttpMethod.DELETE, template, value, value))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("SyntaxError"))
			.withMessageContaining("a variable of the URL template is a dot segment");
		assertThat(this.xhr.getReadyState()).isZero();
	}

	@Test
	void oneOfTwoVariablesIsEnough() {
		assertThatExceptionOfType(XhrException.class)
			.isThrownBy(() -> this.xhr.open(HttpMethod.DELETE, "/a/{x}/{y}", "1", ".."));
		assertThatExceptionOfType(XhrException.class)
			.isThrownBy(() -> this.xhr.open(HttpMethod.DELETE, "/a/{x}{y}", ".", "."));
	}

	/** An escaped dot in a value is escaped once more, so that it stays what it is. */
	@ParameterizedTest
	@CsvSource({ "/a/{id}, ..., /a/...", "/a/{id}, ..b, /a/..b", "/a/{id}, %2e%2E, /a/%252e%252E",
			"/a/{id}, ../b, /a/..%2Fb", "/a/{id}, ..;, /a/..%3B", "/a/x{id}, .., /a/x..", "/a?q={id}, .., /a?q=..",
			"/a?q=/{id}/, .., /a?q=/../", "/a/../{id}, b, /b", "{id}, /.., /base/%2F..", "/a/%2e{id}, ., /a/%252e.",
			"/a/{id}/b, '', /a//b" })
	void otherValuesAreNot(String template, String value, String target) {
		this.xhr.open(HttpMethod.GET, template, value);
		this.xhr.send();
		assertThat(this.network.transport.last().request.url().requestTarget()).isEqualTo(target);
	}

}
