package io.github.springxhr;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners that call the request they listen to: the rules R1 to R4 of
 * {@code docs/architecture.md}.
 */
class ReentrancyTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@Test
	void abortDuringLoadstartFetchesNothing() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.setOnloadstart((event) -> this.xhr.abort());
		this.xhr.open("POST", "a");
		this.xhr.send("12345");
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 4",
				"upload.abort(0,0,false)", "upload.loadend(0,0,false)", "abort(0,0,false)", "loadend(0,0,false)");
		assertThat(this.network.transport.exchanges).isEmpty();
	}

	@Test
	void openAndSendDuringLoadstartFetchesOnce() {
		EventLog log = EventLog.of(this.xhr);
		List<String> rounds = new ArrayList<>();
		this.xhr.setOnloadstart((event) -> {
			rounds.add("loadstart");
			if (rounds.size() == 1) {
				this.xhr.open("POST", "second");
				this.xhr.send("123");
			}
		});
		this.xhr.open("POST", "first");
		this.xhr.send("12345");
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "loadstart(0,0,false)",
				"upload.loadstart(0,3,true)");
		assertThat(this.network.transport.only().request.url().path()).isEqualTo("/base/second");
	}

	@Test
	void abortDuringHeadersReceivedStopsThere() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.setOnreadystatechange((event) -> {
			if (this.xhr.getReadyState() == XMLHttpRequest.HEADERS_RECEIVED) {
				this.xhr.abort();
			}
		});
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("abc").end();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 2",
				"readystatechange 4", "abort(0,0,false)", "loadend(0,0,false)");
		assertThat(this.network.transport.unreleasedChunks).isZero();
	}

	@Test
	void abortDuringLoadingStateChangeFiresNoProgressAfterLoadend() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.setOnreadystatechange((event) -> {
			if (this.xhr.getReadyState() == XMLHttpRequest.LOADING) {
				this.xhr.abort();
			}
		});
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("abc").end();
		this.network.run();
		assertThat(log.entries()).endsWith("readystatechange 3", "readystatechange 4", "abort(0,0,false)",
				"loadend(0,0,false)");
	}

	@Test
	void abortDuringTheLastProgressGetsNoLoad() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("abc");
		this.network.run();
		log.clear();
		this.xhr.setOnprogress((event) -> this.xhr.abort());
		this.network.transport.only().end();
		this.network.run();
		assertThat(log.entries()).containsExactly("progress(3,0,false)", "readystatechange 4", "abort(0,0,false)",
				"loadend(0,0,false)");
	}

	@Test
	void openDuringLoadStillFiresLoadend() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.addEventListener("load", (event) -> this.xhr.open("GET", "b"));
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(log.entries()).endsWith("load(0,0,false)", "readystatechange 1", "loadend(0,0,false)");
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
	}

	@Test
	void openDuringAbortKeepsTheObjectOpened() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.setOnabort((event) -> this.xhr.open("GET", "b"));
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.xhr.abort();
		assertThat(log.entries()).endsWith("abort(0,0,false)", "readystatechange 1", "loadend(0,0,false)");
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
	}

	@Test
	void sendAgainDuringAnErrorsStateChangeLeavesTheOldRequestsLastEvents() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("12345");
		log.clear();
		this.xhr.setOnreadystatechange((event) -> {
			if (this.xhr.getReadyState() == XMLHttpRequest.DONE) {
				this.xhr.setOnreadystatechange(null);
				this.xhr.open("POST", "b");
				this.xhr.send("123");
			}
		});
		this.network.transport.only().fail();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 4", "readystatechange 1", "loadstart(0,0,false)",
				"upload.loadstart(0,3,true)", "upload.error(0,0,false)", "upload.loadend(0,0,false)",
				"error(0,0,false)", "loadend(0,0,false)");
		log.clear();
		this.network.transport.last().sent(3).allSent().head(200).end();
		this.network.run();
		assertThat(log.entries()).contains("upload.load(3,3,true)").endsWith("loadend(0,0,false)");
	}

	@Test
	void openReplacesARequestInFlightWithoutAnEvent() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange first = this.network.transport.only();
		first.head(200).chunk("abc");
		this.xhr.open("GET", "b");
		first.chunk("def").end();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)");
		assertThat(first.cancelled).isTrue();
		assertThat(this.network.transport.unreleasedChunks).isZero();
	}

	@Test
	void aListenerThatThrowsHarmsNobodyAndIsReported() {
		List<Throwable> reported = new ArrayList<>();
		FakeNetwork observed = new FakeNetwork((client, request) -> new XhrListener() {
			@Override
			public void listenerFailed(io.github.springxhr.event.Event event, Throwable failure) {
				reported.add(failure);
			}
		});
		XMLHttpRequest request = observed.create();
		IllegalStateException thrown = new IllegalStateException("on purpose");
		request.setOnload((event) -> {
			throw thrown;
		});
		EventLog log = EventLog.of(request);
		request.open("GET", "a");
		request.send();
		observed.transport.only().head(200).end();
		observed.run();
		assertThat(log.entries()).endsWith("load(0,0,false)", "loadend(0,0,false)");
		assertThat(reported).containsExactly(thrown);
		observed.close();
	}

}
