package io.github.springxhr.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.test.RecordedEvent.Target;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class XhrEventRecorderTests {

	private static final Duration LONG = Duration.ofSeconds(10);

	@AutoClose
	private final XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();

	private final XMLHttpRequest request = this.factory.create();

	@Test
	void eventsOfARequestAreRecordedAsLiterals() {
		XhrEventRecorder recorder = XhrEventRecorder.of(this.request);
		this.request.open("GET", "data:text/plain,hello");
		this.request.send();
		assertThat(recorder.awaitEnd(LONG).mergedEntries()).containsExactly("readystatechange 1",
				"loadstart(0,0,false)", "readystatechange 2", "readystatechange 3", "progress(5,0,false)",
				"readystatechange 4", "load(5,0,false)", "loadend(5,0,false)");
	}

	@Test
	void eventsAreValues() {
		XhrEventRecorder recorder = XhrEventRecorder.of(this.request);
		this.request.open("GET", "data:,");
		Requests.fire(this.request, "upload.progress 5/12");
		Requests.fire(this.request, "load 3/0");
		assertThat(recorder.events()).containsExactly(
				new RecordedEvent(Target.REQUEST, XhrEventType.READYSTATECHANGE, 1, 0, 0, false),
				new RecordedEvent(Target.UPLOAD, XhrEventType.PROGRESS, 1, 5, 12, true),
				new RecordedEvent(Target.REQUEST, XhrEventType.LOAD, 1, 3, 0, false));
		assertThat(recorder).hasToString("[readystatechange 1, upload.progress(5,12,true), load(3,0,false)]");
	}

	@Test
	void whatWasReturnedDoesNotGrow() {
		XhrEventRecorder recorder = XhrEventRecorder.of(this.request);
		List<RecordedEvent> before = recorder.events();
		Requests.fire(this.request, "load 0/0");
		assertThat(before).isEmpty();
	}

	@Test
	void eachEventTypeIsRecordedAtBothTargets() {
		XhrEventRecorder recorder = XhrEventRecorder.of(this.request);
		for (XhrEventType type : XhrEventType.values()) {
			Requests.fire(this.request, type.eventName());
			Requests.fire(this.request, "upload." + type.eventName());
		}
		assertThat(recorder.events()).hasSize(2 * XhrEventType.values().length).doesNotHaveDuplicates();
	}

	@Test
	void anUploadIsLeftAloneIfOnlyTheRequestIsRecorded() {
		XhrEventRecorder recorder = XhrEventRecorder.ofRequestOnly(this.request);
		this.request.open("POST", "data:,");
		this.request.send("unused");
		assertThat(recorder.awaitEnd(LONG).events()).extracting(RecordedEvent::target).containsOnly(Target.REQUEST);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			loadstart 0/0, load 0/0                     | loadstart(0,0,false), load(0,0,false)
			progress 1/9, progress 5/9, progress 9/9    | progress(9,9,true)
			upload.progress 1/9, progress 5/9           | upload.progress(1,9,true), progress(5,9,true)
			progress 5/9, upload.progress 1/9, progress 6/9 | upload.progress(1,9,true), progress(6,9,true)
			progress 1/9, load 9/9, progress 2/9        | progress(1,9,true), load(9,9,true), progress(2,9,true)
			""")
	void repeatedProgressIsMerged(String fired, String expected) {
		assertThat(Requests.recorderOf(fired.split(", ")).mergedEntries()).containsExactly(expected.split(", "));
	}

	@Test
	void onlyTheFirstLoadingStateOfARunStays() {
		RecordedEvent loading = new RecordedEvent(Target.REQUEST, XhrEventType.READYSTATECHANGE, 3, 0, 0, false);
		RecordedEvent done = new RecordedEvent(Target.REQUEST, XhrEventType.READYSTATECHANGE, 4, 0, 0, false);
		RecordedEvent half = new RecordedEvent(Target.REQUEST, XhrEventType.PROGRESS, 3, 1, 2, true);
		RecordedEvent all = new RecordedEvent(Target.REQUEST, XhrEventType.PROGRESS, 3, 2, 2, true);
		assertThat(MergedProgress.of(List.of(loading, half, loading, all, done, loading, half, done)))
			.containsExactly(loading, all, done, loading, half, done);
	}

	@Test
	void theEndOfTheUploadIsNotTheEnd() {
		XhrEventRecorder recorder = XhrEventRecorder.of(this.request);
		Requests.fire(this.request, "upload.loadend 0/0");
		Requests.assertFails(() -> recorder.awaitEnd(Duration.ofMillis(1)), """
				Expecting the request to end within 1 ms
				  readyState: 0
				  status: 0
				  failure: none
				  events:
				    upload.loadend(0,0,false)""");
	}

	@Test
	void theEndIsNoticedByAThreadThatWaits() throws Exception {
		XhrEventRecorder recorder = XhrEventRecorder.of(this.request);
		CompletableFuture<List<String>> seen = CompletableFuture.supplyAsync(() -> recorder.awaitEnd(LONG).entries());
		Requests.fire(this.request, "load 1/1");
		Requests.fire(this.request, "loadend 1/1");
		assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly("load(1,1,true)", "loadend(1,1,true)");
	}

	@Test
	void afterClearingTheNextEndIsWaitedFor() {
		XhrEventRecorder recorder = Requests.recorderOf("load 1/1", "loadend 1/1");
		recorder.clear();
		assertThat(recorder.entries()).isEmpty();
		Requests.assertFails(() -> recorder.awaitEnd(Duration.ZERO), """
				Expecting the request to end within 0 ms
				  readyState: 0
				  status: 0
				  failure: none
				  events: none""");
	}

	@Test
	void anInterruptedThreadStaysInterrupted() {
		XhrEventRecorder recorder = XhrEventRecorder.of(this.request);
		Thread.currentThread().interrupt();
		assertThatIllegalStateException().isThrownBy(() -> recorder.awaitEnd(LONG))
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void eventsOfManyThreadsAreAllRecorded() throws InterruptedException {
		XhrEventRecorder recorder = XhrEventRecorder.of(this.request);
		CountDownLatch start = new CountDownLatch(1);
		List<Thread> threads = IntStream.range(0, 8).mapToObj((i) -> new Thread(() -> {
			await(start);
			IntStream.range(0, 500).forEach((n) -> Requests.fire(this.request, "progress 1/1"));
		})).toList();
		threads.forEach(Thread::start);
		start.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(recorder.events()).hasSize(4000);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
