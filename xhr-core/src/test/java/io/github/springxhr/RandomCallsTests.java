package io.github.springxhr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springxhr.event.Event;
import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random calls from eight threads and from the listeners themselves, on a few shared
 * requests over a network that answers at random. Whatever happens, every exchange ends
 * once, no buffer is lost and no state is entered that the standard does not allow. The
 * number of calls is the system property {@code xhr.test.random-calls}.
 */
class RandomCallsTests {

	private static final int THREADS = 8;

	private static final int CALLS = Integer.getInteger("xhr.test.random-calls", 40_000);

	private static final long SEED = Long.getLong("xhr.test.seed", 20260514);

	private final ExecutorService network = Executors.newFixedThreadPool(2);

	private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);

	private final ListAppender<ILoggingEvent> laneErrors = new ListAppender<>();

	private final List<Counter> counters = new ArrayList<>();

	private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger unreleased = new AtomicInteger();

	@BeforeEach
	void watchTheLane() {
		this.laneErrors.start();
		((Logger) LoggerFactory.getLogger(Lane.class)).addAppender(this.laneErrors);
	}

	@AfterEach
	void stop() {
		((Logger) LoggerFactory.getLogger(Lane.class)).detachAppender(this.laneErrors);
		this.network.shutdownNow();
		this.callers.shutdownNow();
	}

	@Test
	void everyExchangeEndsOnce() throws Exception {
		XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.baseUrl("http://server.test/")
			.transport(new RandomTransport())
			.listener((client, request) -> {
				Counter counter = new Counter();
				this.counters.add(counter);
				return counter;
			})
			.build();
		List<XMLHttpRequest> requests = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			requests.add(withListeners(factory.create(), new Random(SEED + i)));
		}
		List<CompletableFuture<Void>> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(SEED + 1000 + i);
			threads.add(CompletableFuture.runAsync(() -> {
				for (int call = 0; call < CALLS / THREADS; call++) {
					call(requests.get(random.nextInt(requests.size())), random.nextInt(100));
				}
			}, this.callers));
		}
		for (CompletableFuture<Void> thread : threads) {
			thread.get(20, TimeUnit.MINUTES);
		}
		requests.forEach(XMLHttpRequest::abort);
		Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			this.counters.forEach(Counter::isConsistent);
			assertThat(this.unreleased).hasValue(0);
		});
		factory.close();
		System.out.printf("random calls: %d of %d threads, %d exchanges, each ended once, %d of them superseded%n",
				CALLS, THREADS, this.counters.stream().mapToInt((counter) -> counter.ended.get()).sum(),
				this.counters.stream().mapToInt((counter) -> counter.superseded.get()).sum());
		assertThat(this.counters).extracting((counter) -> counter.sent.get()).allMatch((sent) -> sent > 0);
		assertThat(this.failures).isEmpty();
		assertThat(this.laneErrors.list).isEmpty();
	}

	private static XMLHttpRequest withListeners(XMLHttpRequest xhr, Random random) {
		for (XhrEventType type : XhrEventType.values()) {
			xhr.addEventListener(type.eventName(), (event) -> {
				// runs in the lane, so the generator is used by one thread at a time
				if (random.nextInt(10) == 0) {
					call(xhr, random.nextInt(100));
				}
			});
		}
		xhr.getUpload().setOnprogress((event) -> {
			if (random.nextInt(10) == 0) {
				call(xhr, random.nextInt(100));
			}
		});
		return xhr;
	}

	private static void call(XMLHttpRequest xhr, int what) {
		try {
			if (what < 25) {
				xhr.open((what < 12) ? "GET" : "POST", "a");
			}
			else if (what < 55) {
				xhr.send("body");
			}
			else if (what < 65) {
				xhr.abort();
			}
			else if (what < 75) {
				xhr.setTimeout(what % 3);
			}
			else if (what < 80) {
				xhr.setRequestHeader("X-A", "b");
			}
			else {
				xhr.getResponseText();
				xhr.getAllResponseHeaders();
				xhr.getReadyState();
			}
		}
		catch (XhrException ex) {
			assertThat(ex.getName()).isEqualTo("InvalidStateError");
		}
	}

	/**
	 * Counts what one request does.
	 */
	private final class Counter implements XhrListener {

		private final AtomicLong terminalEvents = new AtomicLong();

		private final AtomicLong loadends = new AtomicLong();

		private final AtomicLong uploadStarts = new AtomicLong();

		private final AtomicLong uploadTerminalEvents = new AtomicLong();

		private final AtomicLong uploadLoadends = new AtomicLong();

		private final AtomicInteger sent = new AtomicInteger();

		private final AtomicInteger ended = new AtomicInteger();

		private final AtomicInteger superseded = new AtomicInteger();

		private final AtomicInteger endedTwice = new AtomicInteger();

		@Override
		public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
			switch (type) {
				case LOADSTART -> (upload ? this.uploadStarts : new AtomicLong()).incrementAndGet();
				case LOAD, ERROR, ABORT, TIMEOUT ->
					(upload ? this.uploadTerminalEvents : this.terminalEvents).incrementAndGet();
				case LOADEND -> (upload ? this.uploadLoadends : this.loadends).incrementAndGet();
				default -> {
				}
			}
		}

		@Override
		public void listenerFailed(Event event, Throwable failure) {
			RandomCallsTests.this.failures.add(failure);
		}

		@Override
		public ExchangeListener sent(Sending sending) {
			this.sent.incrementAndGet();
			AtomicInteger times = new AtomicInteger();
			return new ExchangeListener() {
				@Override
				public void ended(Result result) {
					Counter.this.ended.incrementAndGet();
					if (times.incrementAndGet() > 1) {
						Counter.this.endedTwice.incrementAndGet();
					}
					if (result.outcome() == XhrOutcome.SUPERSEDED) {
						Counter.this.superseded.incrementAndGet();
					}
				}
			};
		}

		void isConsistent() {
			assertThat(this.ended).hasValue(this.sent.get());
			assertThat(this.endedTwice).hasValue(0);
			assertThat(this.loadends).hasValue(this.ended.get() - this.superseded.get());
			assertThat(this.terminalEvents).hasValue(this.loadends.get());
			assertThat(this.uploadTerminalEvents).hasValue(this.uploadLoadends.get());
			assertThat(this.uploadStarts.get() - this.uploadTerminalEvents.get()).isBetween(0L,
					(long) this.superseded.get());
		}

	}

	/**
	 * Answers from its own threads, with a success, a failure, half a body or nothing.
	 */
	private final class RandomTransport implements NetworkTransport {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			Random random = new Random(SEED + this.count.incrementAndGet());
			RandomCallsTests.this.network.execute(() -> answer(request, handler, random));
			return new NetworkExchange() {
				@Override
				public void request(long chunks) {
				}

				@Override
				public void cancel() {
				}
			};
		}

		private void answer(NetworkRequest request, NetworkHandler handler, Random random) {
			int fate = random.nextInt(10);
			if (request.body() != null) {
				handler.requestBodyWritten(4);
				handler.requestBodyEnd();
			}
			if (fate == 0) {
				return;
			}
			if (fate == 1) {
				handler.failed(FetchFailure.of(FailureKind.CONNECT, Phase.CONNECT, "at random"));
				return;
			}
			handler.responseHead(200, "OK", new HeaderList());
			for (int i = 0; i < random.nextInt(4); i++) {
				handler.bodyChunk(new CountedChunk());
			}
			if (fate == 2) {
				handler.failed(FetchFailure.of(FailureKind.CONNECTION_CLOSED, Phase.BODY, "at random"));
			}
			else if (fate > 3) {
				handler.bodyEnd();
			}
		}

		@Override
		public void close() {
		}

	}

	private final class CountedChunk implements BodyChunk {

		CountedChunk() {
			RandomCallsTests.this.unreleased.incrementAndGet();
		}

		@Override
		public int length() {
			return 1;
		}

		@Override
		public void copyTo(byte[] target, int offset) {
			target[offset] = 'x';
		}

		@Override
		public void release() {
			RandomCallsTests.this.unreleased.decrementAndGet();
		}

	}

}
