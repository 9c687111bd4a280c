package io.github.springxhr.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UriTemplates}.
 */
class UriTemplatesTests {

	@ParameterizedTest
	@CsvSource({ "/orders/{id},/orders/{id},/orders/{id}", "orders/{id},orders/{id},orders/{id}",
			"/search?q={q},/search,/search", "/search?token=secret#x,/search,/search",
			"/users/@me,/users/@me,/users/@me", "https://host/orders/{id}?a={b},/orders/{id},https://host/orders/{id}",
			"HTTP://host:8080,/,HTTP://host:8080", "//host/orders,/orders,//host/orders",
			"{base}/orders,{base}/orders,{base}/orders", "/redirect?to=http://host/,/redirect,/redirect",
			"https://host/users/@me,/users/@me,https://host/users/@me" })
	void whatIsPlainIsShownWithoutItsQuery(String template, String path, String redacted) {
		assertThat(UriTemplates.path(template)).isEqualTo(path);
		assertThat(UriTemplates.redacted(template)).isEqualTo(redacted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user:secret@host/{id}", "https:/user:secret@host/{id}",
			"https:user:secret@host/{id}", "https:///user:secret@host/{id}", "///user:secret@host/{id}",
			"//user:secret@host/{id}", "ht\ntps://user:secret@host/{id}", "https:/\t/user:secret@host/{id}",
			"/\t/user:secret@host/{id}", " https://user:secret@host/{id}", "\u0001https://user:secret@host/{id}",
			"https:\\\\user:secret@host\\{id}", "/\\user:secret@host/{id}", "user:secret@host/{id}", "secret@host/{id}",
			"data:,secret{id}" })
	void whatCouldHoldAPasswordIsNotShown(String template) {
		assertThat(UriTemplates.path(template)).isNull();
		assertThat(UriTemplates.redacted(template)).isNull();
	}

	@Test
	void noTemplateIsNone() {
		assertThat(UriTemplates.path(null)).isNull();
		assertThat(UriTemplates.redacted(null)).isNull();
	}

}
