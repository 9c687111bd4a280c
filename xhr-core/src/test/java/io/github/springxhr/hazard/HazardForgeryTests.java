package io.github.springxhr.hazard;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.DOMException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Server-side request forgery: URLs that lead where the service may not go, in every
 * disguise, at first or by a redirect.
 */
class HazardForgeryTests {

	private static final Script INTERNAL = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("canary")));

	private static boolean isPublic(InetAddress address) {
		return !address.isLoopbackAddress() && !address.isAnyLocalAddress();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.1", "127.0.1", "127.1.1.1", "2130706433", "0x7f000001", "0x7f.1",
			"0x7F.0.0.0x1", "017700000001", "0177.0.0.1", "0177.1", "00000177.0.0.01", "0", "0.0.0.0", "0x0", "[::1]",
			"[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0::ffff:7f00:0001]", "localhost",
			"LOCALHOST", "localhost.", "127.0.0.1.", "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "127\u30020\u30020\u30021",
			"127\uff0e0.0.1", "\uff11\uff12\uff17.0.0.1", "\u2460\u2461\u2466.0.0.1", "l\u00f3calhost",
			"loc\u212alhost", "\u24dbocalhost", "lo\u00adcalhost", "public.test@127.0.0.1", "127.0.0.1\t",
			"12\n7.0.0.1", "[::ffff:127.0.0.1%25lo]", "127.0.0.1#@public.test:", "127.0.0.1%00.public.test",
			"[::127.0.0.1]" })
	void loopbackInDisguise(String host) throws InterruptedException {
		AtomicBoolean allowed = new AtomicBoolean(true);
		try (FaultServer internal = FaultServer.start(INTERNAL);
				FaultServer open = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
					.send(Responses.redirect("307 x", "http://" + percent(host) + ":" + internal.port() + "/"))));
				Victim victim = Victim.with((builder) -> builder.addressFilter(HazardForgeryTests::isPublic));
				Victim redirected = Victim.with((builder) -> builder
					.addressFilter((address) -> isPublic(address) || allowed.getAndSet(false)))) {
			String url = "http://" + host + ":" + internal.port() + "/";
			try {
				assertRefused(victim.get(url));
			}
			catch (DOMException ex) {
				assertThat(ex).hasMessageStartingWith("SyntaxError");
			}
			assertRefused(redirected.get(open.url("/")));
			assertThat(open.requestCount()).as("the way to the redirect is open").isOne();
			assertThat(internal.connectionsAccepted()).isZero();
		}
	}

	/** A name of another host cannot be looked up here; it is not connected to either. */
	private static void assertRefused(XMLHttpRequest xhr) {
		assertThat(xhr.getStatus()).isZero();
		assertThat(xhr.getResponseText()).isEmpty();
		assertThat(xhr.getFailure().kind()).isIn(FailureKind.BLOCKED, FailureKind.RESOLVE, FailureKind.REDIRECT,
				FailureKind.CONNECT);
	}

	/** A Location is bytes, which mean UTF-8. */
	private static String percent(String host) {
		StringBuilder bytes = new StringBuilder();
		for (byte b : host.replaceAll("[\\t\\n]", "").getBytes(StandardCharsets.UTF_8)) {
			bytes.append((char) (b & 0xFF));
		}
		return bytes.toString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "//$/", "\\\\$/", "/\\$/", "http://$/", "http:$/..//$/", "//own@$/", "http://$#@own/",
			"//$?own", "/redirect?//$/", "/redirect?http://$/", "/redirect?%5C%5C$/", "/redirect?/\\$/",
			"/redirect?//own@$/", "/redirect?HTTP:////$/", "data:,canary", "about:blank" })
	void confinedClientStaysAtHome(String url) throws InterruptedException {
		try (FaultServer internal = FaultServer.start(INTERNAL);
				FaultServer own = FaultServer.start(Script.keepAlive((connection) -> {
					String target = connection.readRequest().request().target();
					connection.send(target.startsWith("/redirect")
							? Responses.redirect("302 x", target.split("[?]", 2)[1].replace("%5C", "\\"))
							: Responses.response("404 x", ""));
				}));
				Victim victim = Victim.with((builder) -> builder.baseUrl(own.url("/")).confineToBaseUrl(true))) {
			String other = "localhost:" + internal.port();
			XMLHttpRequest xhr = victim.get(url.replace("$", other));
			assertThat(xhr.getResponseText()).isEmpty();
			if (xhr.getStatus() == 0) {
				assertThat(xhr.getFailure().kind()).isIn(FailureKind.BLOCKED, FailureKind.REDIRECT);
			}
			assertThat(internal.connectionsAccepted()).isZero();
		}
	}

}
