package io.github.springxhr.hazard;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.webclient.ResolvedTransport;
import io.github.springxhr.webclient.TlsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A user name, a password or a query in a URL is told to the server that it is for, and
 * to nobody else.
 */
class HazardUrlSecretTests {

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	@ParameterizedTest
	@ValueSource(strings = { "http://canary:canary@$/", "http://canary@$/", "http://:canary@$/",
			"http:canary:canary@$/", "http:\\\\canary:canary@$/", "http:////canary:canary@$/",
			"http://canary:c%40canary@$/", "http://a@b@canary:canary@$/", "http://canary:%2Fcanary@$/",
			"HTTP://canary:can\tary@$/", "http://\u00fccanary:canary@$/", "http://canary:canary:canary@$/" })
	void userAndPassword(String url) throws InterruptedException {
		try (CapturedLines log = new CapturedLines();
				FaultServer server = FaultServer.start(HELLO);
				DeadPort dead = FaultServer.refusing();
				Victim victim = Victim.plain()) {
			XMLHttpRequest answered = victim.get(url.replace("$", "127.0.0.1:" + server.port()));
			assertThat(answered.getResponseText()).isEqualTo("hello");
			assertThat(answered.getResponseURL()).isEqualTo(server.url("/"));
			assertThat(server.requests().get(0).head()).doesNotContainIgnoringCase("canary")
				.doesNotContain("Authorization")
				.contains("127.0.0.1:" + server.port() + "\r\n");
			XMLHttpRequest failed = victim.get(url.replace("$", "127.0.0.1:" + dead.port()));
			assertThat(failed.getFailure().kind()).isEqualTo(FailureKind.CONNECT);
			assertThat(failed.getFailure() + " " + failed.getFailure().message() + " " + failed + answered)
				.doesNotContain("canary");
			assertThat(log.awaitLines("network_error")).isNotEmpty().noneMatch((line) -> line.contains("canary"));
		}
	}

	/** The one that looks names up may ask anybody. */
	@ParameterizedTest
	@ValueSource(strings = { "http://canary:canary@localhost:$/?canary#canary", "http://canary@localhost:$/canary",
			"http://localhost:$/redirect?canary" })
	void namesThatAreLookedUp(String url) throws InterruptedException {
		List<String> names = new CopyOnWriteArrayList<>();
		NetworkTransport transport = ResolvedTransport.of((name) -> {
			names.add(name);
			return CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress()));
		}, TlsSettings.defaults());
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
			boolean first = connection.readRequest().request().target().startsWith("/redirect");
			String port = connection.request().header("Host").replaceFirst(".*:", "");
			connection.send(first ? Responses.redirect("302 x", "http://other.localhost:" + port + "/?canary#canary")
					: Responses.ok("hello"));
		})); Victim victim = Victim.with((builder) -> builder.transport(transport))) {
			XMLHttpRequest xhr = victim.get(url.replace("$", "" + server.port()),
					(request) -> request.setRequestHeader("X-Key", "canary"));
			assertThat(xhr.getResponseText()).isEqualTo("hello");
			assertThat(names).contains("localhost").allMatch((name) -> name.matches("(other\\.)?localhost"));
		}
	}

	/** Where the second one would go, there is no telling. */
	@ParameterizedTest
	@ValueSource(strings = { "http://canary:canary@/", "http://canary:canary@:80/", "http://canary:canary@[::/",
			"http://canary:canary@127.0.0.1:99999/", "http://canary:canary@a b/", "http://canary:canary@%zz/",
			"//canary:canary@", "http://canary:canary@127.0.0.1:8o/" })
	void malformedUrlIsNotRepeated(String url) {
		try (CapturedLines log = new CapturedLines(); Victim victim = Victim.plain()) {
			XMLHttpRequest xhr = victim.create();
			assertThatThrownBy(() -> xhr.open("GET", url)).message().doesNotContain("canary");
			assertThat(log.lines()).noneMatch((line) -> line.contains("canary"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/?token=canary", "/a?canary", "/a?b=1&c=canary", "/a?%63anary=canary", "/a?b#canary",
			"/a?#canary", "/a??canary", "/?a=/canary", "/?a=@canary" })
	void queryAndFragmentAreNotLogged(String path) throws InterruptedException {
		try (CapturedLines log = new CapturedLines();
				FaultServer server = FaultServer.start(HELLO);
				DeadPort dead = FaultServer.refusing();
				Victim victim = Victim.plain()) {
			victim.get(server.url(path));
			XMLHttpRequest failed = victim.get("http://127.0.0.1:" + dead.port() + path);
			assertThat(log.awaitLines("network_error")).isNotEmpty().noneMatch((line) -> line.contains("canary"));
			assertThat(failed.getFailure() + failed.getFailure().message()).doesNotContain("canary");
		}
	}

	@Test
	void credentialsThatAServerPutsIntoALocationAreNotTold() throws InterruptedException {
		try (CapturedLines log = new CapturedLines();
				FaultServer server = FaultServer.start(Script
					.keepAlive((connection) -> connection.send(connection.readRequest().request().target().equals("/")
							? Responses.redirect("302 Found",
									"//canary:canary@" + connection.request().header("Host") + "/end?canary")
							: Responses.ok("hello"))));
				Victim victim = Victim.plain()) {
			XMLHttpRequest xhr = victim.get(server.url("/"));
			assertThat(xhr.getResponseURL()).isEqualTo(server.url("/end?canary"));
			assertThat(log.awaitLines("success")).isNotEmpty().noneMatch((line) -> line.contains("canary"));
		}
	}

}
