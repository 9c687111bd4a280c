package io.github.springxhr;

import java.time.Duration;
import java.util.Objects;

import io.github.springxhr.form.Blob;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event order of a request from {@code open()} to {@code loadend}, in virtual time.
 */
class XMLHttpRequestEventsTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@AfterEach
	void nothingIsLeftBehind() {
		assertThat(this.network.transport.unreleasedChunks).isZero();
		assertThat(this.network.executor.size()).isZero();
	}

	@Test
	void getWithKnownLength() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		exchange.head(200, "Content-Length", "6").chunk("abc");
		this.network.run();
		exchange.chunk("def").end();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 2",
				"readystatechange 3", "progress(3,6,true)", "progress(6,6,true)", "readystatechange 4",
				"load(6,6,true)", "loadend(6,6,true)");
		assertThat(this.xhr.getResponseText()).isEqualTo("abcdef");
		assertThat(this.xhr.getFailure()).isNull();
	}

	@Test
	void postWithUploadListeners() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("Hello World!");
		this.network.transport.only().sent(5).sent(7).allSent().head(204).end();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)",
				"upload.loadstart(0,12,true)", "upload.progress(5,12,true)", "upload.progress(12,12,true)",
				"upload.load(12,12,true)", "upload.loadend(12,12,true)", "readystatechange 2", "progress(0,0,false)",
				"readystatechange 4", "load(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void postWithoutUploadListenersAtSendFiresNoUploadEvents() {
		EventLog log = EventLog.ofRequest(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("Hello");
		this.xhr.getUpload().setOnload((event) -> log.note("upload"));
		this.network.transport.only().sent(5).allSent().head(204).end();
		this.network.run();
		assertThat(log.entries()).doesNotContain("upload").endsWith("loadend(0,0,false)");
	}

	@Test
	void emptyBodyWithLengthFiresFinalProgress() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Content-Length", "0").end();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 2",
				"progress(0,0,false)", "readystatechange 4", "load(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void progressIsThrottledTo50Milliseconds() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only().head(200);
		for (int i = 0; i < 10; i++) {
			exchange.chunk("x");
			this.network.run();
			this.network.timers.advance(Duration.ofMillis(20));
		}
		exchange.end();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 2",
				"readystatechange 3", "progress(1,0,false)", "readystatechange 3", "progress(4,0,false)",
				"readystatechange 3", "progress(7,0,false)", "readystatechange 3", "progress(10,0,false)",
				"progress(10,0,false)", "readystatechange 4", "load(10,0,false)", "loadend(10,0,false)");
	}

	@Test
	void uploadProgressIsThrottledTo50Milliseconds() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send(new byte[10]);
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		for (int i = 0; i < 5; i++) {
			exchange.sent(2);
			this.network.run();
			this.network.timers.advance(Duration.ofMillis(30));
		}
		exchange.allSent();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)",
				"upload.loadstart(0,10,true)", "upload.progress(2,10,true)", "upload.progress(6,10,true)",
				"upload.progress(10,10,true)", "upload.progress(10,10,true)", "upload.load(10,10,true)",
				"upload.loadend(10,10,true)");
		this.xhr.abort();
	}

	@Test
	void networkErrorBeforeTheResponse() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("12345");
		this.network.transport.only().fail();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)",
				"upload.loadstart(0,5,true)", "readystatechange 4", "upload.error(0,0,false)",
				"upload.loadend(0,0,false)", "error(0,0,false)", "loadend(0,0,false)");
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.CONNECTION_CLOSED);
	}

	@Test
	void networkErrorInTheBodyEmptiesTheResponse() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "X-A", "1").chunk("abc").fail();
		this.network.run();
		assertThat(log.entries()).endsWith("progress(3,0,false)", "readystatechange 4", "error(0,0,false)",
				"loadend(0,0,false)");
		assertThat(this.xhr.getStatus()).isZero();
		assertThat(this.xhr.getStatusText()).isEmpty();
		assertThat(this.xhr.getResponseURL()).isEmpty();
		assertThat(this.xhr.getResponseText()).isEmpty();
		assertThat(this.xhr.getAllResponseHeaders()).isEmpty();
		assertThat(this.xhr.getResponseHeader("X-A")).isNull();
	}

	@Test
	void timeoutWhileWaitingForTheResponse() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.setTimeout(100);
		this.xhr.send("12345");
		this.network.timers.advance(Duration.ofMillis(99));
		this.network.run();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
		this.network.timers.advance(Duration.ofMillis(1));
		assertThat(this.network.transport.only().cancelled).isTrue();
		this.network.run();
		assertThat(log.entries()).endsWith("upload.loadstart(0,5,true)", "readystatechange 4",
				"upload.timeout(0,0,false)", "upload.loadend(0,0,false)", "timeout(0,0,false)", "loadend(0,0,false)");
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.TIMEOUT);
	}

	@Test
	void timeoutIsTotalAndNotReset() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.setTimeout(100);
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only().head(200);
		for (int i = 0; i < 9; i++) {
			this.network.timers.advance(Duration.ofMillis(11));
			exchange.chunk("x");
			this.network.run();
		}
		this.network.timers.advance(Duration.ofMillis(1));
		this.network.run();
		assertThat(log.entries()).endsWith("readystatechange 4", "timeout(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void timeoutSetInFlightIsMeasuredFromSend() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.timers.advance(Duration.ofMillis(80));
		this.xhr.setTimeout(100);
		this.network.timers.advance(Duration.ofMillis(19));
		this.network.run();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
		this.network.timers.advance(Duration.ofMillis(1));
		this.network.run();
		assertThat(log.entries()).endsWith("timeout(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void timeoutCanBeTakenBackInFlight() {
		this.xhr.open("GET", "a");
		this.xhr.setTimeout(100);
		this.xhr.send();
		this.xhr.setTimeout(0);
		assertThat(this.network.timers.size()).isZero();
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(this.xhr.getStatus()).isEqualTo(200);
	}

	@Test
	void noTimerOutlivesItsFetch() {
		this.xhr.open("GET", "a");
		this.xhr.setTimeout(100);
		this.xhr.send();
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(this.network.timers.size()).isZero();
	}

	@Test
	void abortWhileLoading() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("abc");
		this.network.run();
		log.clear();
		this.xhr.abort();
		assertThat(log.entries()).containsExactly("readystatechange 4", "abort(0,0,false)", "loadend(0,0,false)");
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.UNSENT);
		assertThat(this.network.transport.only().cancelled).isTrue();
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.ABORT);
	}

	@Test
	void abortOfAnUploadEndsTheUploadFirst() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("12345");
		log.clear();
		this.xhr.abort();
		assertThat(log.entries()).containsExactly("readystatechange 4", "upload.abort(0,0,false)",
				"upload.loadend(0,0,false)", "abort(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void abortWithoutARequestInFlightFiresNothing() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.abort();
		this.xhr.open("GET", "a");
		this.xhr.abort();
		assertThat(log.entries()).containsExactly("readystatechange 1");
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
	}

	@Test
	void abortWhenDoneForgetsTheResponse() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("abc").end();
		this.network.run();
		EventLog log = EventLog.of(this.xhr);
		this.xhr.abort();
		assertThat(log.entries()).isEmpty();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.UNSENT);
		assertThat(this.xhr.getStatus()).isZero();
		assertThat(this.xhr.getResponseText()).isEmpty();
	}

	@Test
	void tasksOfAnAbortedFetchAreDroppedAndTheirBuffersReleased() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only().head(200).chunk("abc").end();
		this.xhr.abort();
		log.clear();
		exchange.chunk("late");
		this.network.run();
		assertThat(log.entries()).isEmpty();
	}

	@Test
	void earlyAnswerEndsTheUploadBeforeTheRequest() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send(new byte[100]);
		this.network.transport.only().sent(10).head(413).end();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)",
				"upload.loadstart(0,100,true)", "upload.progress(10,100,true)", "readystatechange 2",
				"upload.error(0,0,false)", "upload.loadend(0,0,false)", "progress(0,0,false)", "readystatechange 4",
				"load(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void headHasLengthButNoBody() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("HEAD", "a");
		this.xhr.send("ignored");
		this.network.transport.only().head(200, "Content-Length", "100").end();
		this.network.run();
		assertThat(this.network.transport.only().request.body()).isNull();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 2",
				"progress(0,100,true)", "readystatechange 4", "load(0,100,true)", "loadend(0,100,true)");
	}

	@Test
	void requestCanBeUsedAgain() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.last().head(404).chunk("gone").end();
		this.network.run();
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "b");
		assertThat(this.xhr.getStatus()).isZero();
		this.xhr.send();
		this.network.transport.last().head(200).chunk("here").end();
		this.network.run();
		assertThat(log.entries()).startsWith("readystatechange 1", "loadstart(0,0,false)")
			.endsWith("loadend(4,0,false)");
		assertThat(this.xhr.getResponseText()).isEqualTo("here");
	}

	@Test
	void chunksThatComeBeforeTheLaneRunsAreTakenTogether() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Content-Length", "6").chunk("abc").chunk("def");
		this.network.run();
		assertThat(log.entries()).endsWith("readystatechange 3", "progress(6,6,true)");
		assertThat(this.xhr.getResponseText()).isEqualTo("abcdef");
		this.network.transport.only().end();
		this.network.run();
	}

	@Test
	void halfTheWindowIsAskedForWhenThatManyChunksHaveBeenCopied() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		long window = exchange.requested;
		exchange.head(200);
		for (int i = 1; i < window / 2; i++) {
			exchange.chunk("a");
		}
		assertThat(exchange.requested).isEqualTo(window);
		exchange.chunk("b");
		assertThat(exchange.requested).isEqualTo(window + window / 2);
		this.network.run();
		assertThat(exchange.requested).isEqualTo(window + window / 2);
		exchange.end();
		this.network.run();
	}

	@Test
	void noMoreIsAskedForWhileTheLaneIsFarBehind() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		long window = exchange.requested;
		exchange.head(200).chunk("a".repeat(1024 * 1024 + 1));
		for (int i = 1; i < window; i++) {
			exchange.chunk("b");
		}
		assertThat(exchange.requested).isEqualTo(window);
		this.network.run();
		assertThat(exchange.requested).isEqualTo(2 * window);
		exchange.end();
		this.network.run();
	}

	@Test
	void anExchangeThatEndsBetweenCopyingAndTakingAsksForNothingAndShowsNothing() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		long window = exchange.requested;
		exchange.head(200).chunk("a".repeat(1024 * 1024 + 1)).chunk("b");
		this.xhr.abort();
		this.network.run();
		assertThat(exchange.requested).isEqualTo(window);
		assertThat(log.entries()).endsWith("abort(0,0,false)", "loadend(0,0,false)");
		assertThat(this.xhr.getResponseText()).isEmpty();
	}

	@Test
	void aBlobThatIsChosenAfterBytesHaveComeHasThem() {
		String large = "a".repeat(1024 * 1024 + 100_000);
		this.xhr.setOnreadystatechange((event) -> {
			if (this.xhr.getReadyState() == XMLHttpRequest.HEADERS_RECEIVED) {
				this.xhr.setResponseType(XMLHttpRequestResponseType.BLOB);
			}
		});
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		exchange.head(200).chunk(large).chunk("b");
		this.network.run();
		exchange.chunk("c").end();
		this.network.run();
		try (Blob blob = (Blob) Objects.requireNonNull(this.xhr.getResponse())) {
			assertThat(blob.text()).isEqualTo(large + "bc");
		}
	}

	@Test
	void aBlobsChunksAreAskedForWhenTheyHaveBeenTaken() {
		this.xhr.setResponseType(XMLHttpRequestResponseType.BLOB);
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		long window = exchange.requested;
		exchange.head(200);
		for (int i = 0; i < window / 2; i++) {
			exchange.chunk("a");
		}
		assertThat(exchange.requested).isEqualTo(window);
		this.network.run();
		assertThat(exchange.requested).isEqualTo(window + window / 2);
		exchange.end();
		this.network.run();
	}

}
