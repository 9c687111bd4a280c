package io.github.springxhr;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springxhr.event.Event;
import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What went wrong once in the life of a request.
 */
class LifecycleRegressionTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@Test
	void timeoutsInDirectModeDoNotOccupyTheThreadOfAllTimeouts() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed());
				XhrFactory factory = XhrFactory.builder(WebClient.builder()).directEvents().build()) {
			CompletableFuture<String> thread = new CompletableFuture<>();
			XMLHttpRequest request = factory.create();
			request.setOntimeout((event) -> thread.complete(Thread.currentThread().getName()));
			request.open("GET", server.url("/"));
			request.setTimeout(20);
			request.send();
			assertThat(thread.get(10, TimeUnit.SECONDS)).startsWith("xhr-events-");
		}
	}

	@Test
	void synchronousRequestIsRefusedOnTheThreadOfTheTimeouts() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed());
				XhrFactory factory = XhrFactory.builder(WebClient.builder()).eventExecutor(Runnable::run).build()) {
			CompletableFuture<Throwable> refused = new CompletableFuture<>();
			XMLHttpRequest request = factory.create();
			request.setOntimeout((event) -> {
				XMLHttpRequest nested = factory.create();
				nested.open("GET", server.url("/"), false);
				try {
					nested.send();
				}
				catch (IllegalStateException ex) {
					refused.complete(ex);
				}
			});
			request.open("GET", server.url("/"));
			request.setTimeout(20);
			request.send();
			assertThat(refused.get(10, TimeUnit.SECONDS)).hasMessageContaining("must not block");
		}
	}

	@Test
	void interruptEndsASynchronousRequest() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed());
				XhrFactory factory = XhrFactory.builder(WebClient.builder()).build()) {
			AtomicReference<String> name = new AtomicReference<>();
			AtomicBoolean interrupted = new AtomicBoolean();
			Thread thread = new Thread(() -> {
				XMLHttpRequest request = factory.create();
				request.open("GET", server.url("/"), false);
				try {
					request.send();
				}
				catch (XhrException ex) {
					name.set(ex.getName());
					interrupted.set(Thread.currentThread().isInterrupted());
				}
			});
			thread.start();
			server.awaitRequest(0);
			thread.interrupt();
			thread.join(10_000);
			assertThat(name).hasValue("AbortError");
			assertThat(interrupted).isTrue();
			server.awaitAllClosed(Duration.ofSeconds(10));
		}
	}

	@Test
	void sourceOfABodyThatThrowsAnErrorEndsTheRequest() throws Exception {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequestHead().awaitPeerClosed()));
				XhrFactory factory = XhrFactory.builder(WebClient.builder()).build()) {
			XMLHttpRequest request = factory.create();
			EventLog log = EventLog.ofRequest(request);
			request.open("POST", server.url("/"));
			request.send(Flux.defer(() -> {
				throw new NoClassDefFoundError("on purpose");
			}));
			log.awaitEnd();
			assertThat(request.getFailure().kind()).isEqualTo(FailureKind.REQUEST_BODY);
		}
	}

	@Test
	void filterThatThrowsAnErrorEndsTheRequest() throws Exception {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder().filter((request, next) -> {
			throw new NoClassDefFoundError("on purpose");
		})).build()) {
			XMLHttpRequest request = factory.create();
			EventLog log = EventLog.ofRequest(request);
			request.open("GET", "http://server.test/");
			request.send();
			log.awaitEnd();
			assertThat(request.getFailure().kind()).isEqualTo(FailureKind.OTHER);
		}
	}

	@Test
	void timerThatFailsEndsTheRequest() throws Exception {
		XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.transport(this.network.transport)
			.timers(new Timers() {
				@Override
				public long nanoTime() {
					return 1;
				}

				@Override
				public Alarm schedule(Runnable task, long delayNanos) {
					throw new java.util.concurrent.RejectedExecutionException("on purpose");
				}
			})
			.build();
		XMLHttpRequest request = factory.create();
		EventLog log = EventLog.ofRequest(request);
		request.open("GET", "http://server.test/");
		request.setTimeout(1);
		request.send();
		assertThat(log.awaitEnd().entries()).endsWith("error(0,0,false)", "loadend(0,0,false)");
		factory.close();
	}

	@Test
	void chunkThatCannotBeStoredEndsTheRequest() {
		EventLog log = EventLog.ofRequest(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk(new BodyChunk() {
			@Override
			public int length() {
				return 1;
			}

			@Override
			public void copyTo(byte[] target, int offset) {
				throw new OutOfMemoryError("on purpose");
			}

			@Override
			public void release() {
			}
		});
		this.network.run();
		assertThat(log.entries()).endsWith("error(0,0,false)", "loadend(0,0,false)");
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.TOO_LARGE);
		assertThat(this.network.transport.only().cancelled).isTrue();
	}

	@Test
	void failedResponseIsNeverSeenAsAWholeOne() throws Exception {
		AtomicInteger seen = new AtomicInteger();
		AtomicBoolean stop = new AtomicBoolean();
		AtomicReference<XMLHttpRequest> current = new AtomicReference<>(this.xhr);
		Thread reader = new Thread(() -> {
			while (!stop.get()) {
				XMLHttpRequest request = current.get();
				if (request != this.xhr && request.getResponse() instanceof byte[]) {
					seen.incrementAndGet();
				}
			}
		});
		reader.start();
		for (int i = 0; i < 20_000; i++) {
			XMLHttpRequest request = this.network.create();
			request.setResponseType(XMLHttpRequestResponseType.ARRAYBUFFER);
			current.set(request);
			request.open("GET", "a");
			request.send();
			this.network.transport.last().head(200).chunk("half").fail();
			this.network.run();
			this.network.transport.exchanges.clear();
		}
		stop.set(true);
		reader.join(10_000);
		assertThat(seen).hasValue(0);
	}

	@Test
	void abortInAFilterStopsTheNetwork() throws Exception {
		AtomicReference<XMLHttpRequest> request = new AtomicReference<>();
		CountDownLatch cancelled = new CountDownLatch(1);
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder().filter((sent, next) -> {
			request.get().abort();
			return reactor.core.publisher.Mono.<org.springframework.web.reactive.function.client.ClientResponse>never()
				.doOnCancel(cancelled::countDown);
		})).build()) {
			request.set(factory.create());
			request.get().open("GET", "http://server.test/");
			request.get().send();
			assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(request.get().getReadyState()).isEqualTo(XMLHttpRequest.UNSENT);
		}
	}

	@Test
	void lateCancelDoesNotAbortTheNextRequest() {
		this.xhr.open("GET", "a");
		AtomicReference<Disposable> subscription = new AtomicReference<>();
		this.xhr.setOnloadend((event) -> {
			this.xhr.setOnloadend(null);
			this.xhr.open("GET", "b");
			this.xhr.send();
			subscription.get().dispose();
		});
		subscription.set(this.xhr.exchange(null).subscribe());
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(this.network.transport.exchanges).hasSize(2);
		assertThat(this.network.transport.last().cancelled).isFalse();
		this.network.transport.last().head(200).end();
		this.network.run();
		assertThat(this.xhr.getResponseURL()).endsWith("/b");
	}

	@Test
	void futureThatTimesOutAbortsItsRequest() {
		this.xhr.open("GET", "a");
		this.xhr.sendAsync(null).completeExceptionally(new IllegalStateException("enough"));
		assertThat(this.network.transport.only().cancelled).isTrue();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.UNSENT);
	}

	@Test
	void listenersOfRequestAndUploadNeverOverlap() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		for (String target : new String[] { "request", "upload" }) {
			(target.equals("request") ? this.xhr : this.xhr.getUpload()).addEventListener("x", (event) -> {
				if (inside.incrementAndGet() > 1) {
					overlaps.incrementAndGet();
				}
				Thread.onSpinWait();
				inside.decrementAndGet();
			});
		}
		Thread other = new Thread(() -> {
			for (int i = 0; i < 20_000; i++) {
				this.xhr.getUpload().dispatchEvent(new Event("x"));
			}
		});
		other.start();
		for (int i = 0; i < 20_000; i++) {
			this.xhr.dispatchEvent(new Event("x"));
		}
		other.join(10_000);
		assertThat(overlaps).hasValue(0);
	}

	@Test
	void jsonKeyMayBeLong() {
		this.xhr.open("GET", "a");
		this.xhr.setResponseType(XMLHttpRequestResponseType.JSON);
		this.xhr.send();
		this.network.transport.only().head(200).chunk("{\"" + "k".repeat(60_000) + "\":1}").end();
		this.network.run();
		assertThat(this.xhr.getResponse()).isNotNull();
	}

	@Test
	void exceptionOfAFailureHasItsCause() {
		this.xhr.open("GET", "a");
		CompletableFuture<XMLHttpRequest> future = this.xhr.sendAsync(null);
		this.network.transport.only().fail();
		this.network.run();
		assertThatExceptionOfType(java.util.concurrent.ExecutionException.class).isThrownBy(future::get)
			.satisfies((ex) -> assertThat(((XhrException) ex.getCause()).getName()).isEqualTo("NetworkError"));
	}

}
