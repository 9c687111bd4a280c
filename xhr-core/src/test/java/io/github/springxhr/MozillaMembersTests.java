package io.github.springxhr;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Mozilla added to the standard, in its Java form.
 */
class MozillaMembersTests {

	private static final Script ECHO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	@Test
	void anonymousSendsNothingThatIsConfigured() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO);
				XhrFactory factory = XhrFactory.builder(WebClient.builder())
					.baseUrl(server.url("/"))
					.header("X-Key", "secret")
					.bearerToken("secret")
					.build()) {
			XMLHttpRequest xhr = factory.create(XhrOptions.DEFAULTS.anonymous());
			assertThat(xhr.isMozAnon()).isTrue();
			assertThat(xhr.isMozSystem()).isFalse();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", "x");
			xhr.setRequestHeader("X-Own", "mine");
			xhr.send();
			log.awaitEnd();
			assertThat(server.requests().get(0).head()).contains("X-Own").doesNotContain("secret");
		}
	}

	@Test
	void optionsAreSettledByOpen() {
		FakeNetwork network = new FakeNetwork();
		XMLHttpRequest xhr = network.create();
		xhr.init(XhrOptions.DEFAULTS.system());
		assertThat(xhr.isMozSystem()).isTrue();
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> xhr.init(XhrOptions.DEFAULTS));
		XMLHttpRequest opened = network.create();
		opened.open("GET", "a");
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> opened.init(XhrOptions.DEFAULTS));
		network.close();
	}

	@Test
	void limitOfOneRequestGoesBeforeTheFactorys() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO);
				XhrFactory factory = XhrFactory.builder(WebClient.builder())
					.maxResponseSize(DataSize.ofBytes(3))
					.build()) {
			XMLHttpRequest xhr = factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("/"));
			xhr.send();
			log.awaitEnd();
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.TOO_LARGE);
			xhr = factory.create(XhrOptions.DEFAULTS.maxResponseSize(DataSize.ofBytes(5)));
			log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("/"));
			xhr.send();
			log.awaitEnd();
			assertThat(xhr.getResponseText()).isEqualTo("hello");
		}
	}

	@Test
	void eventsOfOneRequestHaveAnExecutorOfTheirOwn() {
		FakeNetwork network = new FakeNetwork();
		ManualExecutor own = new ManualExecutor();
		XMLHttpRequest xhr = network.factory.create(XhrOptions.DEFAULTS.eventExecutor(own));
		xhr.open("GET", "a");
		xhr.send();
		network.transport.only().head(200).end();
		network.run();
		assertThat(xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
		own.run();
		assertThat(xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		network.close();
	}

	@Test
	void channelTellsWhatHappened() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
			boolean first = connection.readRequest().request().target().startsWith("/first");
			connection.send(first ? Responses.redirect("302 Found", "/second?secret") : Responses.ok("x"));
		})); XhrFactory factory = XhrFactory.builder(WebClient.builder()).build()) {
			XMLHttpRequest xhr = factory.create();
			assertThat(xhr.getChannel()).isNull();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("POST", server.url("/first?secret"));
			xhr.send("body");
			log.awaitEnd();
			XhrChannel channel = xhr.getChannel();
			assertThat(channel.urls()).containsExactly(server.url("/first"), server.url("/second"));
			assertThat(channel.protocol()).isEqualTo("http/1.1");
			assertThat(channel.remoteAddress()).asString().endsWith(":" + server.port());
			assertThat(channel.tlsProtocol()).isNull();
			assertThat(channel.timings().headersReceived()).isGreaterThanOrEqualTo(channel.timings().connected());
			assertThat(channel.timings().requestSent()).isNotNull();
			assertThat(channel.timings().ended()).isGreaterThanOrEqualTo(channel.timings().headersReceived());
		}
	}

	@Test
	void backgroundRequestDoesNotHoldUpTheShutdown() throws Exception {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
			connection.readRequest();
			if (connection.request().target().equals("/slow")) {
				connection.await("go").send(Responses.ok("x"));
			}
			else {
				connection.awaitPeerClosed();
			}
		}))) {
			XhrFactory factory = XhrFactory.builder(WebClient.builder())
				.shutdownTimeout(Duration.ofSeconds(10))
				.build();
			XMLHttpRequest background = factory.create();
			EventLog backgroundLog = EventLog.ofRequest(background);
			background.open("GET", server.url("/background"));
			background.setMozBackgroundRequest(true);
			background.send();
			XMLHttpRequest slow = factory.create();
			EventLog slowLog = EventLog.ofRequest(slow);
			slow.open("GET", server.url("/slow"));
			slow.send();
			server.awaitRequest(1);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(factory::close);
			assertThat(backgroundLog.awaitEnd().entries()).contains("abort(0,0,false)");
			server.open("go");
			assertThat(slowLog.awaitEnd().entries()).contains("load(1,1,true)");
			closing.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void requestSentDuringTheDrainFails() throws Exception {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().await("go").send(Responses.ok("x"))))) {
			XhrFactory factory = XhrFactory.builder(WebClient.builder())
				.shutdownTimeout(Duration.ofSeconds(10))
				.build();
			XMLHttpRequest slow = factory.create();
			EventLog slowLog = EventLog.ofRequest(slow);
			slow.open("GET", server.url("/slow"));
			slow.send();
			server.awaitRequest(0);
			CompletableFuture<Void> closing = CompletableFuture.runAsync(factory::close);
			FailureKind kind = null;
			while (kind == null) {
				XMLHttpRequest late = factory.create();
				EventLog log = EventLog.ofRequest(late);
				late.setTimeout(1);
				late.open("GET", server.url("/late"));
				late.send();
				log.awaitEnd();
				kind = (late.getFailure().kind() == FailureKind.TIMEOUT) ? null : late.getFailure().kind();
			}
			assertThat(kind).isEqualTo(FailureKind.CLOSED);
			server.open("go");
			slowLog.awaitEnd();
			closing.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	@SuppressWarnings("deprecation")
	void responseArrayBufferIsThereWhateverTheType() {
		FakeNetwork network = new FakeNetwork();
		XMLHttpRequest xhr = network.create();
		xhr.openRequest("GET", "a", true, null, null);
		assertThat(xhr.getMozResponseArrayBuffer()).isNull();
		xhr.send();
		network.transport.only().head(200).chunk("abc").end();
		network.run();
		assertThat(xhr.getMozResponseArrayBuffer()).containsExactly('a', 'b', 'c');
		network.close();
	}

	@Test
	void credentialsOfOpenAreInTheUrlAndNotInTheResponses() {
		FakeNetwork network = new FakeNetwork();
		XMLHttpRequest xhr = network.create();
		xhr.open("GET", "a", true, "user", "pass");
		xhr.send();
		assertThat(network.transport.only().request.url().serialize(true))
			.isEqualTo("http://user:pass@server.test/base/a");
		network.transport.only().head(200).end();
		network.run();
		assertThat(xhr.getResponseURL()).isEqualTo("http://server.test/base/a");
		network.close();
	}

}
