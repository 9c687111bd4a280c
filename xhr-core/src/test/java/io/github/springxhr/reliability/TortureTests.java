package io.github.springxhr.reliability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.EventLog;
import io.github.springxhr.Quiet;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.webclient.TlsSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty responses, each cut by FIN, cut by RST, stopped and corrupted at each of its
 * bytes, in the clear and within TLS. Every request ends once, none loads what is not all
 * there, and the next request of the same client gets its own response. The system
 * properties {@code xhr.test.torture} and {@code xhr.test.torture-tls} are the numbers of
 * cases that are drawn, or {@code all}.
 */
class TortureTests {

	private static final Map<Transport, String> SHARES = Map.of(Transport.HTTP,
			System.getProperty("xhr.test.torture", "2000"), Transport.HTTPS,
			System.getProperty("xhr.test.torture-tls", "200"));

	private static final long SEED = Long.getLong("xhr.test.seed", 20260514);

	private static final int CLIENTS = 8;

	/** Of a request whose response stops, and of one with a handshake before. */
	private static final Map<Transport, Integer> STALL_TIMEOUTS = Map.of(Transport.HTTP, 40, Transport.HTTPS, 200);

	private Transport transport;

	private List<Case> cases;

	private final List<String> wrong = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@EnumSource
	@SuppressWarnings("try")
	void everyRequestEndsOnceAndTheNextOneSucceeds(Transport transport) throws Exception {
		this.transport = transport;
		this.cases = cases(SHARES.get(transport));
		Queue<Integer> queue = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < this.cases.size(); i++) {
			queue.add(i);
		}
		ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
		try (Quiet quiet = new Quiet(); Wreckage wreckage = new Wreckage(); FaultServer server = server()) {
			List<CompletableFuture<Void>> all = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				all.add(CompletableFuture.runAsync(() -> client(server, queue), clients));
			}
			for (CompletableFuture<Void> client : all) {
				client.get(20, TimeUnit.MINUTES);
			}
			this.wrong.addAll(wreckage.take());
		}
		finally {
			clients.shutdownNow();
		}
		System.out.printf("torture over %s: %d cases of %d exchanges, %d wrong%n", transport, this.cases.size(),
				Recording.all().size(), this.wrong.size());
		assertThat(this.wrong).isEmpty();
	}

	private FaultServer server() {
		FaultServer.Builder builder = FaultServer.builder();
		if (this.transport == Transport.HTTPS) {
			builder.tls(Scene.CERTIFICATES.valid());
		}
		return builder.start((connection) -> connection.forever(this::serve));
	}

	private static List<Case> cases(String share) {
		List<Case> cases = new ArrayList<>();
		Random random = new Random(SEED);
		for (Recording recording : Recording.all()) {
			for (Damage damage : Damage.values()) {
				for (int i = 0; i < recording.bytes().length; i++) {
					cases.add(new Case(recording, damage, i, 1 + random.nextInt(255)));
				}
			}
			cases.add(new Case(recording, Damage.FIN, recording.bytes().length, 0));
		}
		if (share.equals("all")) {
			return cases;
		}
		Collections.shuffle(cases, random);
		return cases.subList(0, Math.min(Integer.parseInt(share), cases.size()));
	}

	private void serve(FaultConnection connection) {
		String target = connection.readRequest().request().target();
		if (!target.matches("/case/[0-9]+")) {
			// Where a corrupted Location may lead
			connection.send(Responses.ok(target.equals("/probe") ? "probe" : "elsewhere"));
			return;
		}
		this.cases.get(Integer.parseInt(target.substring("/case/".length()))).answer(connection);
	}

	private void client(FaultServer server, Queue<Integer> queue) {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.baseUrl((this.transport == Transport.HTTPS) ? server.secureUrl("/") : server.url("/"))
			.tls(TlsSettings.defaults().withTrust(Scene.CERTIFICATES.trust()))
			.confineToBaseUrl(true)
			.build()) {
			Integer next;
			while ((next = queue.poll()) != null) {
				run(factory, next);
			}
		}
	}

	private void run(XhrFactory factory, int index) {
		Case tortured = this.cases.get(index);
		try {
			XMLHttpRequest xhr = factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open(tortured.recording.method(), "case/" + index);
			if (tortured.damage == Damage.STALL) {
				xhr.setTimeout(STALL_TIMEOUTS.get(this.transport));
			}
			xhr.send(tortured.recording.method().equals("POST") ? "content" : null);
			log.awaitEnd();
			String probe = probe(factory);
			List<String> ends = log.entries().stream().filter(TortureTests::isTerminal).toList();
			long loadends = log.entries().stream().filter((event) -> event.startsWith("loadend(")).count();
			boolean loaded = xhr.getFailure() == null;
			if (!loaded) {
				Outcome outcome = Outcome.of(xhr);
				outcome.assertEmpty();
				assertThat(outcome.readyState()).isEqualTo(XMLHttpRequest.DONE);
			}
			if (ends.size() != 1 || loadends != 1 || loaded != ends.get(0).startsWith("load(") || !probe.equals("probe")
					|| !tortured.mayEnd(loaded, xhr.getStatus(), xhr.getResponseText())) {
				this.wrong.add(tortured + ": " + log.entries() + " " + xhr.getFailure() + " " + xhr.getStatus() + " "
						+ xhr.getResponseText() + ", then " + probe);
			}
		}
		catch (InterruptedException | RuntimeException | AssertionError ex) {
			this.wrong.add(tortured + ": " + ex);
		}
	}

	private static String probe(XhrFactory factory) throws InterruptedException {
		XMLHttpRequest xhr = factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open("GET", "probe");
		xhr.send();
		log.awaitEnd();
		return (xhr.getFailure() != null) ? xhr.getFailure().toString() : xhr.getResponseText();
	}

	private static boolean isTerminal(String event) {
		return event.startsWith("load(") || event.startsWith("error(") || event.startsWith("abort(")
				|| event.startsWith("timeout(");
	}

	private enum Damage {

		FIN, RST, STALL, CORRUPT

	}

	/**
	 * One response, damaged.
	 *
	 * @param recording the response
	 * @param damage what is done to it
	 * @param offset at which byte
	 * @param bits which bits of the byte are turned
	 */
	private record Case(Recording recording, Damage damage, int offset, int bits) {

		void answer(FaultConnection connection) {
			switch (this.damage) {
				case FIN -> connection.send(this.recording.first(this.offset)).close();
				case RST -> connection.send(this.recording.first(this.offset)).reset();
				case STALL -> connection.send(this.recording.first(this.offset)).awaitPeerClosed();
				case CORRUPT -> {
					byte[] bytes = this.recording.bytes().clone();
					bytes[this.offset] ^= (byte) this.bits;
					connection.send(bytes).close();
				}
			}
		}

		/** What is corrupted may mean anything, but what is cut is no response. */
		boolean mayEnd(boolean loaded, int status, String body) {
			if (this.damage == Damage.CORRUPT) {
				return true;
			}
			boolean whole = this.damage == Damage.FIN && this.offset == this.recording.bytes().length;
			return loaded ? this.recording.loadsWithout(this.offset, status, body) : !whole;
		}

		@Override
		public String toString() {
			return this.recording.name() + " " + this.damage + " at " + this.offset;
		}

	}

}
