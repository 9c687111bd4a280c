package io.github.springxhr;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.observation.XhrMetricsListenerFactory;
import io.github.springxhr.observation.XhrObservationListenerFactory;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A client with a secret wherever one can be, two servers, and all places where a secret
 * must not turn up.
 */
final class SecretsLab implements AutoCloseable {

	private static final String REQUESTS = "io.github.springxhr.requests";

	private static final TestCertificates CERTIFICATES = TestCertificates.create();

	final CapturedLog log = new CapturedLog();

	final FaultServer own = FaultServer.start(Script.keepAlive(this::own));

	final FaultServer other = FaultServer.start(Script.keepAlive(this::other));

	final DeadPort dead = FaultServer.refusing();

	/** A server whose certificate nobody trusts. */
	final FaultServer untrusted = FaultServer.builder()
		.tls(CERTIFICATES.valid())
		.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x"))));

	/** Where the own server's {@code /redirect} leads. */
	volatile String location = "";

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final Semaphore ended = new Semaphore(0);

	private final List<String> observed = Collections.synchronizedList(new ArrayList<>());

	private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

	SecretsLab() {
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new Recorder());
	}

	private void own(FaultConnection connection) {
		RecordedRequest request = connection.readRequest().request();
		String[] target = request.target().split("[?]", 2);
		switch (target[0]) {
			case "/redirect" -> connection.send(Responses.redirect("307 x", this.location));
			case "/challenge" ->
				connection.send(Secret.OPEN_PASSWORD.isIn(request.head()) || Secret.URL_PASSWORD.isIn(request.head())
						? Responses.ok("x") : Responses.response("401 x", "", "WWW-Authenticate: Basic realm=x"));
			case "/refused" -> connection.send(Responses.response("401 x", "", "WWW-Authenticate: Basic realm=x"));
			case "/garbled" -> connection.send(Responses.ok("garbled", "Content-Encoding: gzip"));
			case "/invalid" -> connection.send("HTTP/1.1 200 x\r\n" + Secret.JAR.value() + "\r\n\r\n");
			case "/silent" -> connection.awaitPeerClosed();
			case "/cut" -> connection.send(Responses.head("200 OK", "Content-Length: 9")).close();
			default -> connection.send(Responses.ok("x", "Set-Cookie: jar=" + Secret.JAR.value(),
					"Set-Cookie: refused=" + Secret.JAR.value() + "; Domain=elsewhere.test"));
		}
	}

	private void other(FaultConnection connection) {
		String target = connection.readRequest().request().target();
		String[] allowed = { "Access-Control-Allow-Origin: " + this.own.url(""),
				"Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: PUT",
				"Access-Control-Allow-Headers: Authorization, X-Api-Key, Content-Type" };
		connection.send(target.startsWith("/shared") ? Responses.ok("x", allowed) : Responses.ok("x"));
	}

	/** A URL of the other server; it has another host, as cookies do not know ports. */
	String otherUrl(String path) {
		return this.other.url("localhost", path);
	}

	XhrFactoryBuilder builder() {
		return XhrFactory
			.builder(WebClient.builder()
				.defaultHeader("X-Default", Secret.DEFAULT_HEADER.value())
				.defaultCookie("default", Secret.DEFAULT_COOKIE.value())
				.filter((request, next) -> next
					.exchange(ClientRequest.from(request).header("X-Filter", Secret.FILTER.value()).build())))
			.baseUrl(this.own.url("/"))
			.header("X-Configured", Secret.CONFIGURED_HEADER.value())
			.basicCredentials(Secret.USER, Secret.CONFIGURED_PASSWORD.value())
			.cookieStore(new InMemoryCookieStore())
			.listener(new XhrMetricsListenerFactory(this.meters))
			.listener(new XhrObservationListenerFactory(this.observations, null))
			.listener((client, request) -> new EndListener());
	}

	/**
	 * Get a cookie, then send the request that counts, and look at it at each event.
	 * @return the request when it has ended
	 */
	XMLHttpRequest exchange(XhrFactoryBuilder builder, Ask ask) throws InterruptedException {
		try (XhrFactory factory = builder.build()) {
			send(factory, new Ask("/cookie", false, false));
			XMLHttpRequest xhr = send(factory, ask);
			this.texts.addAll(List.of(factory.toString(), builder.toString()));
			return xhr;
		}
	}

	private XMLHttpRequest send(XhrFactory factory, Ask ask) throws InterruptedException {
		XMLHttpRequest xhr = factory.create();
		for (XhrEventType type : XhrEventType.values()) {
			xhr.addEventListener(type.eventName(), (event) -> look(xhr, event));
		}
		ask.open(xhr);
		xhr.setRequestHeader("Cookie", Secret.AUTHOR_HEADER.value() + "\u0001");
		xhr.send("{\"a\":\"" + Secret.BODY.value() + "\"}");
		if (!this.ended.tryAcquire(10, TimeUnit.SECONDS)) {
			throw new AssertionError("the exchange did not end in 10 seconds");
		}
		return xhr;
	}

	private void look(XMLHttpRequest xhr, Object event) {
		this.texts.add(xhr.toString() + xhr.getChannel() + xhr.getUpload() + event + xhr.getStatusText());
		FetchFailure failure = xhr.getFailure();
		if (failure != null) {
			this.texts.add(failure.toString() + failure.cors());
			if (failure.cause() != null) {
				look(failure.cause());
			}
		}
	}

	/** Take notice of the text of an exception and all that are behind it. */
	void look(Throwable thrown) {
		StringWriter text = new StringWriter();
		thrown.printStackTrace(new PrintWriter(text));
		this.texts.add(text.toString());
	}

	/**
	 * Return the secrets of each place where none may be, by the place.
	 */
	Map<String, Set<Secret>> leaks() {
		Map<String, Set<Secret>> leaks = new TreeMap<>();
		this.log.lines().forEach((line) -> collect(leaks, "log of " + line.split(" ")[1], line));
		this.log.fields(REQUESTS).forEach((fields) -> collect(leaks, "the fields of a line", fields.toString()));
		this.texts.forEach((text) -> collect(leaks, "a text", text));
		this.observed.forEach((text) -> collect(leaks, "an observation", text));
		this.meters.getMeters().forEach((meter) -> collect(leaks, "a meter", meter.getId().toString()));
		return leaks;
	}

	private static void collect(Map<String, Set<Secret>> leaks, String place, String text) {
		Stream<Secret> found = Secret.in(text);
		found.forEach((secret) -> leaks.computeIfAbsent(place, (key) -> new TreeSet<>()).add(secret));
		if (text.contains(Secret.USER)) {
			leaks.computeIfAbsent(place + ", the user name", (key) -> new TreeSet<>());
		}
	}

	/**
	 * Return the secrets that a server was sent, in heads and bodies.
	 */
	static Set<Secret> seenBy(FaultServer server) {
		Set<Secret> seen = new TreeSet<>();
		server.requests().forEach((request) -> Secret.in(request.head() + request.bodyText()).forEach(seen::add));
		return seen;
	}

	/** How much was watched, to tell silence from deafness. */
	int watched() {
		int lines = this.log.fields(REQUESTS).size();
		return Math.min(Math.min(this.texts.size(), lines),
				Math.min(this.observed.size(), this.meters.getMeters().size()));
	}

	@Override
	public void close() {
		this.log.close();
		this.own.close();
		this.other.close();
		this.dead.close();
		this.untrusted.close();
	}

	/**
	 * A request.
	 *
	 * @param url its URL
	 * @param withCredentials whether it carries credentials
	 * @param authorization whether the author sets {@code Authorization}
	 */
	record Ask(String url, boolean withCredentials, boolean authorization) {

		void open(XMLHttpRequest xhr) {
			boolean userinfo = this.url.contains("@");
			xhr.open("PUT", this.url, true, userinfo ? null : Secret.USER,
					userinfo ? null : Secret.OPEN_PASSWORD.value());
			if (this.url.contains("/silent")) {
				xhr.setTimeout(100);
			}
			xhr.setWithCredentials(this.withCredentials);
			xhr.setRequestHeader("X-Api-Key", Secret.AUTHOR_HEADER.value());
			if (this.authorization) {
				xhr.setRequestHeader("Authorization", Secret.AUTHOR_AUTHORIZATION.value());
			}
		}

	}

	/** The last listener: when it is told, the others have recorded. */
	private final class EndListener implements XhrListener {

		@Override
		public ExchangeListener sent(Sending sending) {
			return new ExchangeListener() {

				@Override
				public void ended(Result result) {
					SecretsLab.this.texts.add(result.toString());
					SecretsLab.this.ended.release();
				}

			};
		}

	}

	private final class Recorder implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			SecretsLab.this.observed
				.add(context.getName() + context.getContextualName() + context.getAllKeyValues() + context.getError());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
