package io.github.springxhr.hazard;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestProxy;
import io.github.springxhr.webclient.ProxySettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody but the proxy learns how the client proves itself to it, and the proxy learns
 * nothing that is for the servers behind it.
 */
class HazardProxyTests {

	private static final String ENCODED = Base64.getEncoder()
		.encodeToString("canaryUser:canaryPass".getBytes(StandardCharsets.US_ASCII));

	@ParameterizedTest
	@CsvSource({ "HTTP, ok", "HTTP, redirect", "HTTP, 401", "HTTP, 407", "HTTP, refused", "HTTP, wrong", "SOCKS5, ok",
			"SOCKS5, redirect", "SOCKS5, 401", "SOCKS5, 407", "SOCKS5, wrong", "HTTP, direct", "SOCKS5, direct" })
	void credentialsAreForTheProxyOnly(ProxySettings.Type type, String answer) throws InterruptedException {
		String password = answer.equals("wrong") ? "another" : "canaryPass";
		try (CapturedLines log = new CapturedLines();
				FaultServer server = FaultServer.start(server(answer));
				TestProxy proxy = TestProxy.start(type.name(), "canaryUser", password);
				Victim victim = Victim
					.with((builder) -> builder.proxy(new ProxySettings(type, "localhost", proxy.port(), null, null,
							answer.equals("direct") ? List.of("behind.invalid", "127.0.0.1") : List.of())
						.withCredentials("canaryUser", "canaryPass")))) {
			if (answer.equals("refused")) {
				proxy.refuse("407 Proxy-Authenticate: Basic realm=canary");
			}
			XMLHttpRequest xhr = victim.get(server.url(answer.equals("direct") ? "127.0.0.1" : "behind.invalid", "/"),
					(request) -> request.setRequestHeader("X-Api-Key", "for the server"));
			assertThat(server.requests()).allSatisfy((request) -> assertThat(request.head()).doesNotContain("canary")
				.doesNotContain(ENCODED)
				.doesNotContainIgnoringCase("Proxy-"));
			assertThat(proxy.heads()).allSatisfy((head) -> assertThat(head).doesNotContain("X-Api-Key"));
			boolean answered = !answer.equals("refused") && !answer.equals("wrong");
			assertThat(xhr.getFailure() == null).as("%s", xhr.getFailure()).isEqualTo(answered);
			assertThat(server.requestCount() > 0).isEqualTo(answered);
			assertThat(log.awaitLines("")).isNotEmpty()
				.noneMatch(
						(line) -> line.contains("canaryUser") || line.contains("canaryPass") || line.contains(ENCODED));
			assertThat(xhr + String.valueOf(xhr.getFailure())).doesNotContain("canaryUser")
				.doesNotContain("canaryPass")
				.doesNotContain(ENCODED);
		}
	}

	/** Whatever a server asks for, it does not get what is the proxy's. */
	private static Script server(String answer) {
		return Script.keepAlive((connection) -> {
			boolean first = connection.readRequest().request().target().equals("/");
			connection.send(switch (first ? answer : "end") {
				case "redirect" -> Responses.redirect("307 x", "/end");
				case "401" -> Responses.response("401 x", "", "WWW-Authenticate: Basic realm=x");
				case "407" -> Responses.response("407 x", "", "Proxy-Authenticate: Basic realm=x");
				default -> Responses.ok("hello");
			});
		});
	}

}
