package io.github.springxhr.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrListener.Connections;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.webclient.TlsSettings;
import org.awaitility.Awaitility;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One fault at one position, over one transport, with one caller.
 */
final class Cell {

	static final TestCertificates CERTIFICATES = TestCertificates.create();

	static final String[] SHARED = { "Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: *",
			"Access-Control-Allow-Headers: *" };

	/** Ten times the slack that a request has past its deadline. */
	private static final Duration DEADLINE = Duration.ofMillis(2500);

	private static final Duration POOL_EMPTY = Duration.ofSeconds(10);

	private static final String BODY = "12345";

	final Fault fault;

	final Position position;

	final Transport transport;

	final Caller caller;

	final List<AutoCloseable> resources = new ArrayList<>();

	private FaultServer target;

	private Supplier<Connections> connections = () -> new Connections(0, 0, 0);

	final AtomicInteger redirects = new AtomicInteger();

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

	/** Called by a script where the fault is about to happen. */
	void gate(FaultConnection connection) {
		connection.open("reached").await("fault");
	}

	/** Called by what is no script. */
	FaultServer target() {
		return this.target;
	}

	Connections connections() {
		return this.connections.get();
	}

	/** How long the client waits by itself: for ever, if the caller does something. */
	Duration patience() {
		return (this.caller == Caller.NONE) ? Duration.ofMillis(250) : Duration.ofMinutes(1);
	}

	String targetUrl(String path) {
		return (this.transport == Transport.HTTPS) ? this.target.secureUrl(path) : this.target.url(path);
	}

	String namedUrl(String path) {
		return scheme() + "://localhost:" + this.target.port() + path;
	}

	String scheme() {
		return this.transport.name().toLowerCase(Locale.ROOT);
	}

	void run(String expected) throws Exception {
		try {
			this.target = targetServer();
			String url = url();
			XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
				.tls(TlsSettings.defaults().withTrust(CERTIFICATES.trust()))
				.listener(new PoolWatch());
			if (this.position == Position.PREFLIGHT) {
				builder.origin(scheme() + "://app.example");
			}
			this.fault.settings.accept(builder, this);
			this.factory = builder.build();
			this.resources.add(0, this.factory);
			if (this.position == Position.REUSED) {
				assertThat(body("warm")).isEqualTo("hello");
				// no longer active is not yet idle: a request in between would make a
				// connection
				await(() -> connections().idle() > 0);
				this.target.open("kept");
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
		finally {
			this.target.open("fault");
			for (AutoCloseable resource : this.resources) {
				resource.close();
			}
		}
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
		String method = (this.position == Position.REUSED) ? this.fault.methodWhenReused : "POST";
		this.xhr.open((this.fault.method != null) ? this.fault.method : method, url);
		if (this.position == Position.PREFLIGHT) {
			this.xhr.setRequestHeader("X-Fault", "1");
		}
		this.fault.preparation.accept(this.xhr, this);
		if (this.caller == Caller.NONE) {
			this.target.open("fault");
		}
		if (this.fault.sending != null) {
			this.fault.sending.accept(this.xhr, this);
		}
		else {
			this.xhr.send((this.position == Position.REUSED) ? null : BODY);
		}
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
			this.target.await("reached");
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
			this.xhr.getUpload().addEventListener("timeout", (event) -> this.target.open("fault"));
			this.xhr.addEventListener("timeout", (event) -> this.target.open("fault"));
			this.xhr.setTimeout(1);
		}
		if (this.caller == Caller.ABORT) {
			this.target.open("fault");
		}
		this.log.awaitEnd();
		this.late = Duration.ofNanos(this.ended - this.due);
		assertThat(this.late).as("deadline").isLessThan(DEADLINE);
		this.target.open("fault");
		return (this.caller == Caller.ABORT) ? "abort ABORT" : "timeout TIMEOUT";
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(condition);
	}

	/** Whether the whole body has got to a server when the fault happens. */
	private boolean bodyArrives() {
		return hasBody() && !this.fault.partialUpload
				&& (this.position == Position.REDIRECT || (delivered() > 0 && this.position != Position.PREFLIGHT));
	}

	private boolean hasBody() {
		return !"HEAD".equals(this.fault.method) && (this.position != Position.REUSED || this.fault.sending != null);
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
		assertThat(delivered()).as("requests: " + this.target.requests()).isLessThanOrEqualTo(this.fault.deliveries);
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

	/** How often the request itself, not a preflight, has got to the server. */
	private long delivered() {
		return this.target.requests()
			.stream()
			.filter((request) -> !request.method().equals("OPTIONS"))
			.filter((request) -> request.target().startsWith("/fault"))
			.count();
	}

	private String body(String path) throws InterruptedException {
		XMLHttpRequest other = this.factory.create();
		EventLog events = EventLog.ofRequest(other);
		other.open("GET", targetUrl("/" + path));
		other.send();
		events.awaitEnd();
		return (other.getFailure() != null) ? other.getFailure().toString() : other.getResponseText();
	}

	private FaultServer targetServer() {
		FaultServer.Builder builder = FaultServer.builder().receiveBuffer(32 * 1024);
		boolean handshake = this.fault.handshake != null;
		if (this.transport == Transport.HTTPS && !handshake) {
			builder.tls(CERTIFICATES.valid());
		}
		Script script = handshake ? (connection) -> this.fault.handshake.run(connection, this) : this::serve;
		FaultServer server = builder.start(script, handshake ? script : Script.keepAlive(this::ok));
		this.resources.add(server);
		return server;
	}

	private void serve(FaultConnection connection) throws Exception {
		if (this.position == Position.REUSED) {
			ok(connection);
			if (this.fault.begin != null) {
				this.fault.begin.run(connection, this);
				return;
			}
		}
		if (this.fault.headOnly) {
			connection.readRequestHead();
		}
		else {
			connection.readRequest();
		}
		if (connection.request().target().equals("/probe")) {
			// the request has not got here
			connection.send(Responses.ok("probe", SHARED));
		}
		else {
			this.fault.answer.run(connection, this);
		}
		connection.forever(this::ok);
	}

	private void ok(FaultConnection connection) throws Exception {
		RecordedRequest request = connection.readRequest().request();
		if (request.target().startsWith("/fault")) {
			this.fault.rest.run(connection, this);
			return;
		}
		connection.send(Responses.ok(request.target().equals("/probe") ? "probe" : "hello", SHARED));
	}

	private String url() {
		String url = (this.fault.deadUrl != null) ? this.fault.deadUrl.apply(this) : targetUrl("/fault");
		if (this.position != Position.REDIRECT) {
			return url;
		}
		FaultServer.Builder builder = FaultServer.builder();
		if (this.transport == Transport.HTTPS) {
			builder.tls(CERTIFICATES.valid());
		}
		FaultServer hop = builder.start(Script.keepAlive(
				(connection) -> connection.readRequest().send(Responses.redirect("307 Temporary Redirect", url))));
		this.resources.add(hop);
		return hop.url("/");
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
