package io.github.springxhr.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.Quiet;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Url;
import org.junit.jupiter.api.AutoClose;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wherever a redirect leads, the request ends once, goes to HTTP only, and takes no
 * secret to another origin.
 */
class LocationFuzzTests {

	/** Thousands of requests fail. */
	@AutoClose
	private static final Quiet QUIET = new Quiet();

	@FuzzTest(maxDuration = "60s")
	void location(FuzzedDataProvider data) {
		int status = data.pickValue(new int[] { 301, 302, 303, 307, 308 });
		StringBuilder latin1 = new StringBuilder();
		for (byte b : data.consumeRemainingAsBytes()) {
			latin1.append((char) (b & 0xFF));
		}
		String location = HttpRules.normalizeHeaderValue(latin1.toString());
		if (!HttpRules.isHeaderValue(location)) {
			return;
		}
		Answers answers = Answers.of(status, "Location", location, new byte[0]);
		XMLHttpRequest xhr = answers.get("https://own.test/a/b?c",
				(builder) -> builder.baseUrl("https://own.test/").header("X-Api-Key", "canary").bearerToken("canary"),
				(request) -> {
					request.setRequestHeader("X-Author", "canary");
					return request;
				});
		assertThat(xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		assertThat(xhr.getStatus() == 200).isEqualTo(xhr.getFailure() == null);
		assertThat(answers.requests).hasSize((xhr.getFailure() == null) ? 2 : 1);
		if (answers.requests.size() == 2) {
			Url url = answers.requests.get(1).url();
			assertThat(url.scheme()).isEqualTo("https");
			assertThat(Url.parse(xhr.getResponseURL(), null).includesCredentials()).isFalse();
			boolean own = url.origin().toString().equals("https://own.test");
			assertThat(answers.requests.get(1).headers().contains("X-Author")).isEqualTo(own);
			assertThat(answers.requests.get(1).headers().contains("X-Api-Key")).isEqualTo(own);
			assertThat(own || !answers.requests.get(1).headers().contains("Authorization")).isTrue();
		}
	}

}
