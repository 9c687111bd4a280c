package io.github.springxhr.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.github.springxhr.EventLog;
import io.github.springxhr.StreamBody;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrListener.Connections;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.webclient.ResolvedTransport;
import io.github.springxhr.webclient.TlsSettings;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One fault at one position, over one transport, with one caller.
 */
abstract class Cell {

	private static final Duration POOL_EMPTY = Duration.ofSeconds(10);

	private static final String BODY = "12345";

	final Fault fault;

	final Position position;

	final Transport transport;

	final Caller caller;

	private Supplier<Connections> connections = () -> new Connections(0, 0, 0);

	Scene scene;

	XhrFactory factory;

	/** When the request has ended. */
	volatile long ended;

	/** How long after the request's end there was no connection in use. */
	Duration inUse;

	Cell(Fault fault, Position position, Transport transport, Caller caller) {
		this.fault = fault;
		this.position = position;
		this.transport = transport;
		this.caller = caller;
	}

	/** Called by what is no script. */
	FaultServer target() {
		return this.scene.target();
	}

	Connections connections() {
		return this.connections.get();
	}

	/** How long the client waits by itself: for ever, if the caller does something. */
	Duration patience() {
		return (this.caller == Caller.NONE) ? Duration.ofMillis(250) : Duration.ofMinutes(1);
	}

	String targetUrl(String path) {
		return this.scene.targetUrl(path);
	}

	static TlsSettings tls() {
		return TlsSettings.defaults().withTrust(Scene.CERTIFICATES.trust());
	}

	void run(String expected) throws Exception {
		try (Scene opened = new Scene(this.fault, this.position, this.transport, patience())) {
			this.scene = opened;
			String url = opened.url();
			try (XhrFactory built = client()) {
				this.factory = built;
				opened.closingOfClient(built::close);
				try {
					run(url, expected);
				}
				finally {
					opened.target().open("fault");
				}
			}
		}
	}

	private XhrFactory client() {
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder()).tls(tls()).listener(new PoolWatch());
		if (this.position == Position.PREFLIGHT) {
			builder.origin(this.scene.scheme() + "://app.example");
		}
		if (this.fault.limitsConnecting) {
			builder.connectTimeout(patience());
		}
		if (this.fault.limitsSilence) {
			builder.readTimeout(patience());
		}
		if (this.fault.limitsSize != null) {
			builder.maxResponseSize(this.fault.limitsSize);
		}
		if (this.fault.names != null) {
			builder.transport(ResolvedTransport.of(this.fault.names(this.scene), tls()));
		}
		this.fault.settings.accept(builder, this);
		return builder.build();
	}

	private void run(String url, String expected) throws Exception {
		if (this.position == Position.REUSED) {
			assertThat(body("warm")).isEqualTo("hello");
			// no longer active is not yet idle: a request in between would make a
			// connection
			await(() -> connections().idle() > 0);
			target().open("kept");
		}
		exchange(url, expected);
		target().open("ended");
		awaitIdle();
		this.inUse = Duration.ofNanos(System.nanoTime() - this.ended);
		assertEnded();
		assertThat(this.scene.delivered()).as("requests: " + target().requests())
			.isLessThanOrEqualTo(this.fault.deliveries);
		this.fault.after.accept(this);
		if (this.fault.probed) {
			assertThat(body("probe")).as("probe").isEqualTo("probe");
		}
		awaitIdle();
	}

	/** Sends the request, and returns when it has ended. */
	abstract void exchange(String url, String expected) throws Exception;

	/** Looks at the request once the client is at rest. */
	abstract void assertEnded();

	void awaitIdle() {
		Awaitility.await()
			.atMost(POOL_EMPTY)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.untilAsserted(() -> assertThat(connections().active() + connections().pending()).isZero());
	}

	/** Waits until the client has noticed that its connection is gone. */
	void awaitNoneKept() {
		await(() -> connections().idle() == 0);
	}

	static void await(Callable<Boolean> condition) {
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(condition);
	}

	void open(XMLHttpRequest request, String url, boolean async) {
		request.open(this.fault.method(this.position), url, async);
		if (this.position == Position.PREFLIGHT) {
			request.setRequestHeader("X-Fault", "1");
		}
		this.fault.preparation.accept(request, this);
		if (this.caller == Caller.NONE && this.fault.limitsAll) {
			request.setTimeout((int) patience().toMillis());
		}
	}

	void send(XMLHttpRequest request) {
		if (this.fault.upload == null) {
			request.send((this.position == Position.REUSED) ? null : BODY);
		}
		else if (this.fault.upload.isSound()) {
			request.send(this.fault.upload.parts().get(0));
		}
		else {
			request.send(stream(this.fault.upload));
		}
	}

	private static StreamBody stream(Upload upload) {
		Flux<ByteBuffer> source = Flux.fromIterable(upload.parts()).map(ByteBuffer::wrap);
		return new StreamBody(upload.fails() ? source.concatWith(Flux.error(new IOException("on purpose"))) : source,
				upload.length());
	}

	private String body(String path) throws InterruptedException {
		XMLHttpRequest other = this.factory.create();
		EventLog events = EventLog.ofRequest(other);
		other.open("GET", targetUrl("/" + path));
		other.send();
		events.awaitEnd();
		return (other.getFailure() != null) ? other.getFailure().toString() : other.getResponseText();
	}

	@Override
	public String toString() {
		return this.fault + " | " + this.position + " " + this.transport + " " + this.caller;
	}

	/**
	 * Gets hold of the connections.
	 */
	private final class PoolWatch implements XhrListener.Factory {

		@Override
		public XhrListener create(String client, XMLHttpRequest request) {
			return new XhrListener() {
			};
		}

		@Override
		public void built(String client, Supplier<Connections> connections) {
			Cell.this.connections = connections;
		}

	}

}
