package io.github.springxhr.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;

/**
 * Where a fault happens: the servers, whatever client comes to them.
 */
public final class Scene implements AutoCloseable {

	/** What clients trust, and what servers show. */
	public static final TestCertificates CERTIFICATES = TestCertificates.create();

	static final String[] SHARED = { "Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: *",
			"Access-Control-Allow-Headers: *" };

	final Fault fault;

	final Position position;

	final Transport transport;

	private final List<Runnable> closings = new ArrayList<>();

	private final List<FaultServer> servers = new ArrayList<>();

	final AtomicInteger redirects = new AtomicInteger();

	private final Duration patience;

	private final FaultServer target;

	private Runnable closingOfClient = () -> {
	};

	/**
	 * Start the server of a fault.
	 * @param fault the fault
	 * @param position which exchange it happens to
	 * @param transport what it happens over
	 * @param patience how long the client waits by itself
	 */
	public Scene(Fault fault, Position position, Transport transport, Duration patience) {
		this.fault = fault;
		this.position = position;
		this.transport = transport;
		this.patience = patience;
		this.target = targetServer();
	}

	/** Called by a script where the fault is about to happen. */
	void gate(FaultConnection connection) {
		connection.open("reached").await("fault");
	}

	/** Called by a script that ends the client. */
	void closeClient() {
		this.closingOfClient.run();
	}

	void closingOfClient(Runnable closing) {
		this.closingOfClient = closing;
	}

	/** Closes something else with the servers. */
	void closesToo(Runnable closing) {
		this.closings.add(closing);
	}

	Duration patience() {
		return this.patience;
	}

	/**
	 * Return the server that the fault happens to.
	 * @return the server, at the gate {@code fault} of which the fault waits
	 */
	public FaultServer target() {
		return this.target;
	}

	/**
	 * Return the URL of a path of the server that the fault happens to.
	 * @param path the path
	 * @return the URL
	 */
	public String targetUrl(String path) {
		return (this.transport == Transport.HTTPS) ? this.target.secureUrl(path) : this.target.url(path);
	}

	String namedUrl(String host) {
		return scheme() + "://" + host + ":" + this.target.port() + "/fault";
	}

	String scheme() {
		return this.transport.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Make the URL that the request is sent to. Called once.
	 * @return the URL
	 */
	public String url() {
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
		this.servers.add(hop);
		return hop.url("/");
	}

	/**
	 * Return how often the request itself, not a preflight, has got to the server.
	 * @return how many heads have been read
	 */
	public long delivered() {
		return this.target.requests()
			.stream()
			.filter((request) -> !request.method().equals("OPTIONS"))
			.filter((request) -> request.target().startsWith("/fault"))
			.count();
	}

	private FaultServer targetServer() {
		FaultServer.Builder builder = FaultServer.builder().receiveBuffer(32 * 1024);
		boolean handshake = this.fault.handshake != null;
		if (this.transport == Transport.HTTPS && !handshake) {
			builder.tls(CERTIFICATES.valid());
		}
		Script script = handshake ? (connection) -> this.fault.handshake.run(connection, this) : this::serve;
		FaultServer server = builder.start(script, handshake ? script : Script.keepAlive(this::ok));
		this.servers.add(server);
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

	/**
	 * Lets all scripts go on, and stops the servers.
	 */
	@Override
	public void close() {
		this.target.open("fault");
		this.closings.forEach(Runnable::run);
		this.servers.forEach(FaultServer::close);
	}

}
