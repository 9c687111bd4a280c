package io.github.springxhr;

import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A client that is confined to its base URL's origin goes nowhere else, however a URL is
 * written.
 */
class ConfinementTests {

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private final XhrFactory factory = XhrFactory.builder(WebClient.builder())
		.baseUrl("https://api.test/v1/")
		.confineToBaseUrl(true)
		.transport(this.transport)
		.eventExecutor(this.executor)
		.build();

	@AfterEach
	void close() {
		this.factory.close();
	}

	private XMLHttpRequest send(String url) {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("GET", url);
		xhr.send();
		this.executor.run();
		return xhr;
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "/x", "?x", "https://api.test/", "HTTPS://API.TEST/", "https://api.test:443/",
			"https://u:p@api.test/", "//api.test/x", "\\\\api.test/x", "https:\\\\api.test", "https://api.t\te\nst/",
			"https://%61pi.test/", "https://\uff41pi.test/" })
	void ownOriginIsFetched(String url) {
		send(url);
		assertThat(this.transport.only().request.url().origin()).hasToString("https://api.test");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://api.test/", "https://api.test:8443/", "https://api.test./", "https://evil.test/",
			"//evil.test", "\\\\evil.test", "https://api.test@evil.test/", "https://api.test%2f@evil.test/",
			"https://api.test\\@evil.test:1/", "https://evil.test\\@api.test/", "https://127.0.0.1/", "http://[::1]/",
			"http://0x7f.1/", "http://2130706433/", "https://api.test.evil.test/", "https://sub.api.test/", "data:,x",
			"ftp://api.test/", "about:blank", "file:///etc/passwd" })
	void nothingElseIs(String url) {
		XMLHttpRequest xhr = send(url);
		if (this.transport.exchanges.isEmpty()) {
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
		}
		else {
			assertThat(this.transport.only().request.url().origin()).hasToString("https://api.test");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.test/", "//evil.test", "https://api.test:8443/", "https://api.test./",
			"/\\evil.test", "https://127.0.0.1/" })
	void redirectLeadsNowhereElse(String location) {
		XMLHttpRequest xhr = send("x");
		this.transport.last().head(302, "Location", location).end();
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
		assertThat(xhr.getFailure().message()).contains("confined to the origin of its base URL");
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@Test
	void confinementNeedsABaseUrl() {
		assertThatIllegalStateException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder()).confineToBaseUrl(true).build())
			.withMessageStartingWith("confine-to-base-url ");
	}

}
