package io.github.springxhr.benchmarks.peer;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.observation.XhrObservationListenerFactory;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The clients that are compared.
 */
public enum Client {

	/** Plain WebClient with its default settings. */
	WEB_CLIENT("WebClient", () -> new WebClientPeer(WebClient.builder())),

	/** Plain WebClient that records {@code http.client.requests}. */
	WEB_CLIENT_OBSERVED("WebClient, observed",
			() -> new WebClientPeer(WebClient.builder().observationRegistry(observations()))),

	/** Plain WebClient whose requests wait for a connection however many they are. */
	WEB_CLIENT_QUEUED("WebClient, unbounded queue", () -> new WebClientPeer(webClient(500))),

	/** Plain WebClient with 10,000 connections. */
	WEB_CLIENT_WIDE("WebClient, 10,000 connections", () -> new WebClientPeer(webClient(10_000))),

	/** Events are fired by worker threads, as they are by default. */
	XHR("XHR, worker", () -> new XhrPeer(xhr())),

	/** Events are fired by virtual threads. */
	XHR_VIRTUAL("XHR, virtual threads", () -> new XhrPeer(xhr().eventExecutor(new VirtualThreadTaskExecutor("xhr-")))),

	/** Events are fired by the threads of the connections. */
	XHR_DIRECT("XHR, direct", () -> new XhrPeer(xhr().directEvents())),

	/** With {@code xhr.requests} and {@code http.client.requests} in it. */
	XHR_OBSERVED("XHR, observed, nested", () -> new XhrPeer(observed(true))),

	/** With {@code xhr.requests} alone. */
	XHR_OBSERVED_ALONE("XHR, observed, not nested", () -> new XhrPeer(observed(false))),

	/** With 10,000 connections. */
	XHR_WIDE("XHR, 10,000 connections", () -> new XhrPeer(xhr().pool((pool) -> pool.withMaxConnections(10_000)))),

	/** Reactor Netty itself. */
	REACTOR_NETTY("Reactor Netty", ReactorNettyPeer::new),

	/** The JDK's. */
	JDK("JDK HttpClient", JdkPeer::new),

	/** OkHttp. */
	OK_HTTP("OkHttp", OkHttpPeer::new),

	/** Apache HttpClient 5. */
	APACHE("Apache HttpClient 5", ApachePeer::new),

	/** RestClient over the JDK's. */
	REST_CLIENT("RestClient", RestClientPeer::new),

	/** HtmlUnit's XMLHttpRequest. */
	HTML_UNIT("HtmlUnit", HtmlUnitPeer::new);

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	private final String label;

	private final Supplier<Peer> peer;

	Client(String label, Supplier<Peer> peer) {
		this.label = label;
		this.peer = peer;
	}

	/**
	 * Return what it is called.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Return whether there is such a client on this JDK.
	 * @return {@code false} where it needs a newer one
	 */
	public boolean isSupported() {
		return this != XHR_VIRTUAL || Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
	}

	/**
	 * Return whether it is this library.
	 * @return {@code false} for the others
	 */
	public boolean isXhr() {
		return name().startsWith("XHR");
	}

	/**
	 * Make one.
	 * @return a new one
	 */
	public Peer create() {
		return this.peer.get();
	}

	private static XhrFactoryBuilder xhr() {
		return XhrFactory.builder(WebClient.builder());
	}

	private static XhrFactoryBuilder observed(boolean nested) {
		ObservationRegistry observations = observations();
		WebClient.Builder builder = nested ? WebClient.builder().observationRegistry(observations)
				: WebClient.builder();
		return XhrFactory.builder(builder).listener(new XhrObservationListenerFactory(observations, null));
	}

	private static ObservationRegistry observations() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
		return observations;
	}

	private static WebClient.Builder webClient(int connections) {
		ConnectionProvider pool = ConnectionProvider.builder("benchmark")
			.maxConnections(connections)
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(Duration.ZERO)
			.build();
		return WebClient.builder().clientConnector(new ReactorClientHttpConnector(HttpClient.create(pool)));
	}

}
