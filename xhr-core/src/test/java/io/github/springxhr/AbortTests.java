package io.github.springxhr;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Steps of {@code abort()} and of the request error steps.
 */
class AbortTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@Test
	void stateIsDoneInTheEventsAndUnsentAfterwards() {
		List<Integer> states = new ArrayList<>();
		this.xhr.setOnabort((event) -> states.add(this.xhr.getReadyState()));
		this.xhr.setOnloadend((event) -> states.add(this.xhr.getReadyState()));
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.xhr.abort();
		assertThat(states).containsExactly(4, 4);
		assertThat(this.xhr.getReadyState()).isZero();
	}

	@Test
	void inHeadersReceived() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "X-A", "1");
		this.network.run();
		EventLog log = EventLog.of(this.xhr);
		this.xhr.abort();
		assertThat(log.entries()).containsExactly("readystatechange 4", "abort(0,0,false)", "loadend(0,0,false)");
		assertThat(this.xhr.getStatus()).isZero();
		assertThat(this.xhr.getResponseHeader("X-A")).isNull();
	}

	@Test
	void openedAndNotSentKeepsItsHeaders() {
		this.xhr.open("GET", "a");
		this.xhr.setRequestHeader("X-A", "1");
		this.xhr.abort();
		this.xhr.send();
		assertThat(this.network.transport.only().request.headers().get("X-A")).isEqualTo("1");
	}

	@Test
	void afterAFailureIsSilent() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().fail();
		this.network.run();
		EventLog log = EventLog.of(this.xhr);
		this.xhr.abort();
		this.xhr.abort();
		assertThat(log.entries()).isEmpty();
		assertThat(this.xhr.getReadyState()).isZero();
	}

	@Test
	void insideLoadForgetsTheResponseAndLoadendFollows() {
		EventLog log = EventLog.of(this.xhr);
		List<Integer> states = new ArrayList<>();
		this.xhr.setOnload((event) -> this.xhr.abort());
		this.xhr.setOnloadend((event) -> states.add(this.xhr.getReadyState()));
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(log.entries()).endsWith("readystatechange 4", "load(0,0,false)", "loadend(0,0,false)");
		assertThat(states).containsExactly(0);
	}

	@Test
	void insideAbortDoesNothingMore() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.setOnabort((event) -> this.xhr.abort());
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.xhr.abort();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 4",
				"abort(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void afterTheUploadIsCompleteFiresNothingThere() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("x");
		this.network.transport.only().sent(1).allSent();
		this.network.run();
		log.clear();
		this.xhr.abort();
		assertThat(log.entries()).containsExactly("readystatechange 4", "abort(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void insideTheLastUploadProgressEndsTheUpload() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("x");
		log.clear();
		this.xhr.getUpload().setOnprogress((event) -> this.xhr.abort());
		this.network.transport.only().allSent();
		this.network.run();
		assertThat(log.entries()).containsExactly("upload.progress(0,1,true)", "readystatechange 4",
				"upload.abort(0,0,false)", "upload.loadend(0,0,false)", "abort(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void openInsideTheLastUploadProgressLeavesTheNextUploadAlone() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("x");
		log.clear();
		this.xhr.getUpload().setOnprogress((event) -> {
			this.xhr.getUpload().setOnprogress(null);
			this.xhr.open("POST", "b");
			this.xhr.send("xyz");
		});
		this.network.transport.only().allSent();
		this.network.run();
		this.xhr.abort();
		assertThat(log.entries()).containsExactly("upload.progress(0,1,true)", "loadstart(0,0,false)",
				"upload.loadstart(0,3,true)", "readystatechange 4", "upload.abort(0,0,false)",
				"upload.loadend(0,0,false)", "abort(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void insideUploadLoadLetsUploadLoadendFollow() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("x");
		log.clear();
		this.xhr.getUpload().setOnload((event) -> this.xhr.abort());
		this.network.transport.only().sent(1).allSent();
		this.network.run();
		assertThat(log.entries()).endsWith("upload.load(1,1,true)", "readystatechange 4", "abort(0,0,false)",
				"loadend(0,0,false)", "upload.loadend(1,1,true)");
	}

}
