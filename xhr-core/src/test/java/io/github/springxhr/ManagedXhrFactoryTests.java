package io.github.springxhr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.webclient.PoolSettings;
import io.github.springxhr.webclient.ProxySettings;
import io.github.springxhr.webclient.TlsSettings;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a factory does for whoever manages it.
 */
class ManagedXhrFactoryTests {

	private final FakeTransport transport = new FakeTransport();

	private final VirtualTimers timers = new VirtualTimers();

	@AutoClose
	private final ManagedXhrFactory factory = build(XhrFactory.builder(WebClient.builder())
		.baseUrl("http://server.test/")
		.transport(this.transport)
		.timers(this.timers)
		.directEvents()
		.shutdownTimeout(Duration.ofSeconds(20)));

	private EventLog log;

	private static ManagedXhrFactory build(XhrFactoryBuilder builder) {
		return (ManagedXhrFactory) builder.build();
	}

	@Test
	void describesTheDefaults() {
		try (ManagedXhrFactory factory = build(XhrFactory.builder(WebClient.builder()))) {
			XhrClientDescription description = factory.describe();
			assertThat(description.baseUrl()).isNull();
			assertThat(description.origin()).isNull();
			assertThat(description.timeout()).isZero();
			assertThat(description.network()).isEqualTo(new XhrClientDescription.Network(
					Duration.ofSeconds(10), Duration.ZERO, false, new XhrClientDescription.Pool(500, 50_000,
							Duration.ZERO, Duration.ofSeconds(15), Duration.ofMinutes(10), Duration.ofSeconds(10)),
					null, "default"));
			assertThat(description.userAgent()).isEqualTo("XHR-for-Spring");
			assertThat(description.withCredentials()).isFalse();
			assertThat(description.progressInterval()).isEqualTo(Duration.ofMillis(50));
			assertThat(description.maxResponseSize()).isEqualTo(DataSize.ofMegabytes(64).toBytes());
			assertThat(description.maxRedirects()).isEqualTo(20);
			assertThat(description.httpsDowngrade()).isFalse();
			assertThat(description.confined()).isFalse();
			assertThat(description.compression()).isTrue();
			assertThat(description.synchronous()).isTrue();
			assertThat(description.headerNames()).isEmpty();
			assertThat(description.credentials()).isEqualTo("none");
			assertThat(description.cookies()).isFalse();
			assertThat(description.eventExecution()).isEqualTo("worker");
			assertThat(description.shutdownTimeout()).isZero();
		}
	}

	@Test
	void describesWhatWasSetWithoutSecrets() {
		try (ManagedXhrFactory factory = build(XhrFactory.builder(WebClient.builder().defaultHeader("X-Key", "s3cret"))
			.baseUrl("https://server.test/base/?key=s3cret")
			.origin("https://shop.test")
			.timeout(Duration.ofSeconds(5))
			.connectTimeout(Duration.ofSeconds(2))
			.http2(true)
			.readTimeout(Duration.ofSeconds(3))
			.pool(new PoolSettings(1, 2, Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5),
					Duration.ofSeconds(6)))
			.proxy(ProxySettings.socks5("proxy.test", 1080).withCredentials("s3cretary", "s3cret"))
			.tls(TlsSettings.defaults())
			.userAgent("test/1")
			.withCredentials(true)
			.progressInterval(Duration.ofMillis(7))
			.maxResponseSize(DataSize.ofBytes(7))
			.maxRedirects(3)
			.allowHttpsDowngrade(true)
			.confineToBaseUrl(true)
			.compression(false)
			.synchronous(false)
			.header("X-Team", "s3cret")
			.header("Cookie", "a=s3cret")
			.basicCredentials("s3cretary", "s3cret")
			.cookieStore(new InMemoryCookieStore())
			.directEvents()
			.shutdownTimeout(Duration.ofSeconds(4)))) {
			assertThat(factory.describe()).isEqualTo(new XhrClientDescription("https://server.test/base/",
					"https://shop.test", "test/1", true, Duration.ofMillis(7), Duration.ofSeconds(5),
					new XhrClientDescription.Network(Duration.ofSeconds(2), Duration.ofSeconds(3), true,
							new XhrClientDescription.Pool(1, 2, Duration.ofSeconds(3), Duration.ofSeconds(4),
									Duration.ofSeconds(5), Duration.ofSeconds(6)),
							new XhrClientDescription.Proxy("socks5", "proxy.test", 1080), "configured"),
					7, 3, true, true, false, false, List.of("cookie", "x-key", "x-team"), "basic", true, "direct",
					Duration.ofSeconds(4)));
			assertThat(factory.describe().toString()).doesNotContain("s3cret");
		}
	}

	@Test
	void describesBearerAndOtherCredentials() {
		XhrFactoryBuilder bearer = XhrFactory.builder(WebClient.builder()).baseUrl("http://a.test/").bearerToken("t");
		XhrFactoryBuilder other = XhrFactory.builder(WebClient.builder())
			.baseUrl("http://a.test/")
			.header("Authorization", "ApiKey t");
		XhrFactoryBuilder provided = XhrFactory.builder(WebClient.builder())
			.baseUrl("http://a.test/")
			.authorizationProvider(() -> CompletableFuture.completedFuture("Bearer t"));
		try (ManagedXhrFactory first = build(bearer);
				ManagedXhrFactory second = build(other);
				ManagedXhrFactory third = build(provided)) {
			assertThat(third.describe().credentials()).isEqualTo("provider");
			assertThat(first.describe().credentials()).isEqualTo("bearer");
			assertThat(second.describe().credentials()).isEqualTo("other");
		}
	}

	@Test
	void anotherTransportDoesNotTellOfItsNetwork() {
		try (ManagedXhrFactory factory = (ManagedXhrFactory) new FakeNetwork().factory) {
			assertThat(factory.describe().network()).isNull();
			assertThat(factory.describe().eventExecution()).isEqualTo("executor");
		}
	}

	@Test
	void beginningOfTheShutdownAbortsTheBackgroundOnly() {
		FakeNetwork network = new FakeNetwork();
		XMLHttpRequest background = network.create();
		background.open("GET", "a");
		background.setMozBackgroundRequest(true);
		background.send();
		XMLHttpRequest other = network.create();
		other.open("GET", "b");
		other.send();
		((ManagedXhrFactory) network.factory).shutdownBegins();
		assertThat(background.getFailure()).isNotNull();
		assertThat(other.getFailure()).isNull();
		XMLHttpRequest late = network.create();
		late.open("GET", "c");
		late.send();
		assertThat(network.factory.getInFlight()).extracting(XhrInFlight::uri)
			.containsExactly("http://server.test/base/b", "http://server.test/base/c");
		network.close();
	}

	@Test
	@Timeout(10)
	void timeRunsFromTheBeginningOfTheShutdown() {
		this.factory.shutdownBegins();
		send();
		this.timers.advance(Duration.ofSeconds(15));
		this.factory.shutdownBegins();
		this.timers.advance(Duration.ofSeconds(15));
		this.factory.close();
		assertThat(this.log.entries()).contains("abort(0,0,false)");
	}

	@Test
	@Timeout(10)
	void whatIsInFlightMayEndInTheTimeThatIsLeft() throws Exception {
		this.factory.shutdownBegins();
		send();
		this.timers.advance(Duration.ofSeconds(5));
		assertThatClosingAwaitsTheRequest();
	}

	@Test
	@Timeout(10)
	void drainingAwaitsTheRequestAndItsListenersAndLeavesTheFactoryOpen() throws Exception {
		this.factory.shutdownBegins();
		XMLHttpRequest request = send();
		AtomicBoolean waited = new AtomicBoolean();
		Thread draining = new Thread(() -> waited.set(this.factory.drain()));
		Thread second = new Thread(this.factory::drain);
		draining.start();
		awaitWaiting(draining);
		request.addEventListener("loadend", (event) -> {
			second.start();
			awaitWaiting(second);
			send();
		});
		this.transport.exchanges.get(0).head(200).end();
		awaitWaiting(draining);
		awaitWaiting(second);
		this.transport.exchanges.get(1).head(200).end();
		draining.join();
		second.join();
		assertThat(waited).isTrue();
		assertThat(this.factory.drain()).isFalse();
		send();
		assertThat(this.factory.getInFlight()).hasSize(1);
		this.timers.advance(Duration.ofMinutes(1));
	}

	/**
	 * Which would never end.
	 */
	@Test
	@Timeout(10)
	void aListenerThatDrainsDoesNotWaitForItsOwnRequest() {
		XMLHttpRequest request = send();
		List<Boolean> waited = new ArrayList<>();
		request.addEventListener("readystatechange", (event) -> waited.add(this.factory.drain()));
		this.transport.exchanges.get(0).head(200).end();
		assertThat(waited).containsExactly(false, false);
	}

	@Test
	@Timeout(10)
	void thereIsNothingToWaitForOnceTheTimeIsOver() {
		this.factory.shutdownBegins();
		send();
		this.timers.advance(Duration.ofMinutes(1));
		assertThat(this.factory.drain()).isFalse();
		assertThat(this.factory.getInFlight()).hasSize(1);
		this.factory.disconnect();
		assertThat(this.log.entries()).contains("abort(0,0,false)");
		assertThat(this.factory.getInFlight()).isEmpty();
	}

	/**
	 * Nothing more is in flight afterwards that the network would cut.
	 */
	@Test
	void whatAListenerSendsAgainWhenItIsAbortedFails() throws Exception {
		CompletableFuture<FetchFailure> second = new CompletableFuture<>();
		CompletableFuture<FetchFailure> third = new CompletableFuture<>();
		send(false, "abort", (request) -> {
			CompletableFuture.runAsync(this::send).join();
			send(false, "error", (again) -> {
				second.complete(again.getFailure());
				send(false, "error", (oneMore) -> third.complete(oneMore.getFailure()));
			});
		});
		this.factory.disconnect();
		for (CompletableFuture<FetchFailure> failure : List.of(second, third)) {
			assertThat(failure.get(10, TimeUnit.SECONDS)).satisfies((refused) -> {
				assertThat(refused.kind()).isEqualTo(FailureKind.CLOSED);
				assertThat(refused.message()).contains("about to be closed");
			});
		}
		assertThat(this.transport.exchanges).as("the first, and another thread's").hasSize(2);
		send();
		assertThat(this.transport.exchanges).hasSize(3);
		this.factory.disconnect();
	}

	@Test
	void whatAListenerSendsAgainInTheBackgroundWhenTheShutdownBeginsFails() throws Exception {
		CompletableFuture<FetchFailure> second = new CompletableFuture<>();
		send(true, "abort", (request) -> send(true, "error", (again) -> second.complete(again.getFailure())));
		this.factory.shutdownBegins();
		assertThat(second.get(10, TimeUnit.SECONDS).kind()).isEqualTo(FailureKind.CLOSED);
		assertThat(this.transport.exchanges).hasSize(1);
		send(true, "load", (request) -> {
		});
		assertThat(this.transport.exchanges).hasSize(2);
		assertThat(this.factory.drain()).as("does not hold up the shutdown").isFalse();
	}

	/**
	 * Whose continuation may send another.
	 */
	@Test
	@Timeout(10)
	void drainingAwaitsTheFutureOfARequest() throws Exception {
		try (ManagedXhrFactory followed = build(XhrFactory.builder(WebClient.builder())
			.baseUrl("http://server.test/")
			.transport(this.transport)
			.directEvents()
			.listener((client, request) -> new XhrListener() {

				@Override
				public ExchangeListener sent(Sending sending) {
					return new ExchangeListener() {
					};
				}

			})
			.shutdownTimeout(Duration.ofSeconds(20)))) {
			for (ManagedXhrFactory factory : List.of(this.factory, followed)) {
				XMLHttpRequest request = factory.create();
				request.open("GET", "a");
				Thread draining = new Thread(factory::drain);
				CompletableFuture<?> future = request.sendAsync(null).thenRun(() -> {
					draining.start();
					awaitWaiting(draining);
				});
				this.transport.last().head(200).end();
				future.get(10, TimeUnit.SECONDS);
				draining.join();
			}
		}
	}

	/**
	 * Were the shared threads kept, the class would leave an open factory behind.
	 */
	@Test
	void aTransportThatCannotBeClosedDoesNotKeepTheThreads() {
		XhrFactory failing = XhrFactory.builder(WebClient.builder()).transport(new NetworkTransport() {

			@Override
			public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
				throw new UnsupportedOperationException();
			}

			@Override
			public void close() {
				throw new IllegalStateException("on purpose");
			}

		}).build();
		assertThatIllegalStateException().isThrownBy(failing::close).withMessage("on purpose");
	}

	@Test
	@Timeout(10)
	void cancelledShutdownGivesTheFullTimeToTheNext() throws Exception {
		this.factory.shutdownBegins();
		this.timers.advance(Duration.ofMinutes(1));
		this.factory.shutdownCancelled();
		send();
		assertThatClosingAwaitsTheRequest();
	}

	private XMLHttpRequest send() {
		XMLHttpRequest request = this.factory.create();
		this.log = EventLog.ofRequest(request);
		request.open("GET", "a");
		request.send();
		return request;
	}

	private void send(boolean background, String event, Consumer<XMLHttpRequest> listener) {
		XMLHttpRequest request = this.factory.create();
		request.setMozBackgroundRequest(background);
		request.addEventListener(event, (fired) -> listener.accept(request));
		request.open("GET", "a");
		request.send();
	}

	private static void awaitWaiting(Thread thread) {
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED);
			Thread.onSpinWait();
		}
	}

	private void assertThatClosingAwaitsTheRequest() throws Exception {
		CompletableFuture<Void> closing = CompletableFuture.runAsync(this.factory::close);
		awaitClosed();
		assertThat(this.log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)");
		this.transport.exchanges.get(0).head(200).end();
		closing.get(10, TimeUnit.SECONDS);
		assertThat(this.log.entries()).contains("load(0,0,false)");
	}

	/** What is sent from then on fails. */
	private void awaitClosed() {
		XMLHttpRequest probe = this.factory.create();
		do {
			probe.open("GET", "probe");
			probe.send();
			Thread.onSpinWait();
		}
		while (probe.getFailure() == null);
		assertThat(probe.getFailure().kind()).isEqualTo(FailureKind.CLOSED);
	}

}
