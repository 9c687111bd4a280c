package io.github.springxhr.fuzz;

import java.util.Objects;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.http.Url;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A URL is parsed to what parses to itself, and holds nothing that ends a line. Of one
 * that is not HTTP, which is parsed only to be refused, the latter holds.
 */
class UrlFuzzTests {

	private static final Url BASE = Objects.requireNonNull(Url.parse("https://base.test/a/b?c#d", null));

	@FuzzTest(maxDuration = "60s")
	void url(FuzzedDataProvider data) {
		boolean relative = data.consumeBoolean();
		Url url = Url.parse(data.consumeRemainingAsString(), relative ? BASE : null);
		if (url == null) {
			return;
		}
		String serialized = url.serialize(false);
		assertThat(serialized).matches("[ -~]*");
		if (url.isHttp()) {
			Url again = Url.parse(serialized, null);
			assertThat(again).as(serialized).isNotNull();
			assertThat(again.serialize(false)).isEqualTo(serialized);
			assertThat(again.origin()).hasToString(url.origin().toString());
			assertThat(url.requestTarget()).matches("/[!-~]*");
			assertThat(url.host()).isNotEmpty().matches("[!-~]+").doesNotContain("@", "/", "\\", "#", "?");
			assertThat(url.toUri()).isNotNull();
			assertThat(url.redacted()).doesNotContain("?");
			assertThat(Url.parse(url.redacted(), null).includesCredentials()).isFalse();
		}
	}

}
