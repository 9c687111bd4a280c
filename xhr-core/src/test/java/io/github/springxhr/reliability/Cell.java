package io.github.springxhr.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
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
final class Cell {

	/** Ten times the slack that a request has past its deadline. */
	private static final Duration DEADLINE = Duration.ofMillis(2500);

	private static final Duration POOL_EMPTY = Duration.ofSeconds(10);

	private static final String BODY = "12345";

	final Fault fault;

	final Position position;

	final Transport transport;

	final Caller caller;

	private Supplier<Connections> connections = () -> new Connections(0, 0, 0);

	private Scene scene;

	XhrFactory factory;

	private XMLHttpRequest xhr;

	private EventLog log;

	private long due;

	private volatile long ended;

	/** How long after its deadline the request has ended; none if it had none. */
	Duration late;

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
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
			.tls(TlsSettings.defaults().withTrust(Scene.CERTIFICATES.trust()))
			.listener(new PoolWatch());
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
			builder.transport(ResolvedTransport.of(this.fault.names(this.scene),
					TlsSettings.defaults().withTrust(Scene.CERTIFICATES.trust())));
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
		start(url);
		String end = act(expected);
		awaitIdle();
		this.inUse = Duration.ofNanos(System.nanoTime() - this.ended);
		assertEnded(end);
		this.fault.after.accept(this);
		if (this.fault.probed) {
			assertThat(body("probe")).as("probe").isEqualTo("probe");
		}
		awaitIdle();
	}

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

	private void start(String url) {
		this.xhr = this.factory.create();
		this.xhr.addEventListener("loadend", (event) -> this.ended = System.nanoTime());
		this.log = EventLog.of(this.xhr);
		this.xhr.open(this.fault.method(this.position), url);
		if (this.position == Position.PREFLIGHT) {
			this.xhr.setRequestHeader("X-Fault", "1");
		}
		this.fault.preparation.accept(this.xhr, this);
		if (this.caller == Caller.NONE) {
			target().open("fault");
			if (this.fault.limitsAll) {
				this.xhr.setTimeout((int) patience().toMillis());
			}
		}
		if (this.fault.upload == null) {
			this.xhr.send((this.position == Position.REUSED) ? null : BODY);
		}
		else if (this.fault.upload.isSound()) {
			this.xhr.send(this.fault.upload.parts().get(0));
		}
		else {
			this.xhr.send(stream(this.fault.upload));
		}
	}

	private static StreamBody stream(Upload upload) {
		Flux<ByteBuffer> source = Flux.fromIterable(upload.parts()).map(ByteBuffer::wrap);
		return new StreamBody(upload.fails() ? source.concatWith(Flux.error(new IOException("on purpose"))) : source,
				upload.length());
	}

	private String act(String expected) throws InterruptedException {
		if (this.caller == Caller.NONE) {
			this.log.awaitEnd();
			return expected;
		}
		if (this.fault.begun != null) {
			await(() -> this.fault.begun.apply(this));
		}
		else {
			target().await("reached");
		}
		if (bodyArrives()) {
			// the server may know before the client does
			await(() -> this.log.entries().stream().anyMatch((event) -> event.startsWith("upload.load(")));
		}
		this.due = System.nanoTime();
		if (this.caller == Caller.ABORT) {
			this.xhr.abort();
		}
		else {
			this.xhr.getUpload().addEventListener("timeout", (event) -> target().open("fault"));
			this.xhr.addEventListener("timeout", (event) -> target().open("fault"));
			this.xhr.setTimeout(1);
		}
		if (this.caller == Caller.ABORT) {
			target().open("fault");
		}
		this.log.awaitEnd();
		this.late = Duration.ofNanos(this.ended - this.due);
		assertThat(this.late).as("deadline").isLessThan(DEADLINE);
		target().open("fault");
		return (this.caller == Caller.ABORT) ? "abort ABORT" : "timeout TIMEOUT";
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(condition);
	}

	/** Whether the whole body has got to a server when the fault happens. */
	private boolean bodyArrives() {
		return hasBody() && !this.fault.partialUpload && (this.position == Position.REDIRECT
				|| (this.scene.delivered() > 0 && this.position != Position.PREFLIGHT));
	}

	private boolean hasBody() {
		return !"HEAD".equals(this.fault.method) && (this.position != Position.REUSED || this.fault.upload != null);
	}

	private void assertEnded(String expected) {
		List<String> events = this.log.entries();
		String terminal = expected.substring(0, expected.indexOf(' '));
		String story = events + " " + this.xhr.getFailure();
		assertThat(expected.split(" or ")).as(story).contains(actual());
		assertThat(events.stream().filter(Cell::isTerminal)).as(story)
			.singleElement()
			.asString()
			.startsWith(terminal + "(");
		assertThat(events.stream().filter((event) -> event.startsWith("loadend("))).as(story).hasSize(1);
		assertThat(events.get(events.size() - 1)).as(story).startsWith("loadend(");
		// abort() changes the state after the last event
		await(() -> this.xhr.getReadyState() == ((this.caller == Caller.ABORT) ? 0 : 4));
		if (!terminal.equals("load")) {
			assertThat(this.xhr.getStatus()).isZero();
			assertThat(this.xhr.getStatusText()).isEmpty();
			assertThat(this.xhr.getAllResponseHeaders()).isEmpty();
			assertThat(this.xhr.getResponseText()).isEmpty();
			assertThat(this.xhr.getResponse()).isEqualTo("");
			assertThat(this.xhr.getResponseURL()).isEmpty();
		}
		assertUpload(events, terminal, story);
		assertThat(this.scene.delivered()).as("requests: " + target().requests())
			.isLessThanOrEqualTo(this.fault.deliveries);
	}

	private void assertUpload(List<String> events, String terminal, String story) {
		List<String> upload = events.stream().filter((event) -> event.startsWith("upload.")).toList();
		if (!hasBody()) {
			assertThat(upload).as(story).isEmpty();
			return;
		}
		List<String> ends = upload.stream().filter((event) -> isTerminal(event.substring("upload.".length()))).toList();
		assertThat(ends).as(story).hasSize(1);
		assertThat(upload.stream().filter((event) -> event.startsWith("upload.loadend("))).as(story).hasSize(1);
		assertThat(upload.get(0)).as(story).startsWith("upload.loadstart(");
		assertThat(upload.get(upload.size() - 1)).as(story).startsWith("upload.loadend(");
		boolean sent = terminal.equals("load") || bodyArrives();
		if (!this.fault.partialUpload) {
			assertThat(ends.get(0)).as(story).startsWith("upload." + (sent ? "load" : terminal) + "(");
		}
	}

	private static boolean isTerminal(String event) {
		return event.startsWith("load(") || event.startsWith("error(") || event.startsWith("abort(")
				|| event.startsWith("timeout(");
	}

	private String actual() {
		if (this.xhr.getFailure() != null) {
			String end = this.log.entries().stream().filter(Cell::isTerminal).findFirst().orElse("nothing(");
			return end.substring(0, end.indexOf('(')) + " " + this.xhr.getFailure().kind();
		}
		String body = this.xhr.getResponseText();
		return ("load " + this.xhr.getStatus() + " " + ((body.length() > 40) ? body.length() : body)).strip();
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
