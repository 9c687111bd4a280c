package io.github.springxhr;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.springxhr.form.Blob;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Steps of {@code send()} and of the setters that prepare it or act on it in flight.
 */
class SendTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "get" })
	void bodyOfGetAndHeadIsIgnoredAndSoIsItsType(String method) {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open(method, "a");
		this.xhr.send("body");
		assertThat(this.network.transport.only().request.body()).isNull();
		assertThat(this.network.transport.only().request.headers().contains("Content-Type")).isFalse();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)");
		this.xhr.abort();
		assertThat(log.entries()).noneMatch((entry) -> entry.startsWith("upload"));
	}

	@Test
	void emptyTextIsABody() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("POST", "a");
		this.xhr.send("");
		assertThat(this.network.transport.only().request.headers().get("Content-Type"))
			.isEqualTo("text/plain;charset=UTF-8");
		this.network.transport.only().allSent().head(204).end();
		this.network.run();
		assertThat(log.entries()).startsWith("readystatechange 1", "loadstart(0,0,false)",
				"upload.loadstart(0,0,false)", "upload.progress(0,0,false)", "upload.load(0,0,false)",
				"upload.loadend(0,0,false)");
	}

	@Test
	void bodyThatCannotBeSentLeavesTheRequestOpened() {
		this.xhr.open("POST", "a");
		CompletableFuture<XMLHttpRequest> refused = this.xhr.sendAsync(new Object());
		assertThat(refused).isCompletedExceptionally();
		assertThatIllegalArgumentException().isThrownBy(() -> this.xhr.send((Blob) null));
		this.xhr.setRequestHeader("X-A", "1");
		this.xhr.send("x");
		assertThat(this.network.transport.only().request.headers().get("X-A")).isEqualTo("1");
	}

	@Test
	void anyTypeOfListenerMakesUploadEvents() {
		EventLog log = EventLog.ofRequest(this.xhr);
		this.xhr.getUpload().addEventListener("anything", (event) -> {
		});
		this.xhr.open("POST", "a");
		this.xhr.send("x");
		this.xhr.getUpload().addEventListener("load", (event) -> log.note("upload.load"));
		this.network.transport.only().sent(1).allSent().head(204).end();
		this.network.run();
		assertThat(log.entries()).contains("upload.load");
	}

	@Test
	void uploadIsAlwaysTheSameObject() {
		assertThat(this.xhr.getUpload()).isSameAs(this.xhr.getUpload());
		this.xhr.open("GET", "a");
		assertThat(this.xhr.getUpload()).isSameAs(this.xhr.getUpload()).isNotSameAs(this.network.create().getUpload());
	}

	@Test
	void credentialsAreSettledBySend() {
		assertThat(this.xhr.isWithCredentials()).isFalse();
		this.xhr.setWithCredentials(true);
		this.xhr.open("GET", "a");
		this.xhr.setWithCredentials(false);
		this.xhr.send();
		assertRefused("InvalidStateError", () -> this.xhr.setWithCredentials(true));
		this.network.transport.only().head(200);
		this.network.run();
		assertRefused("InvalidStateError", () -> this.xhr.setWithCredentials(true));
		this.network.transport.only().chunk("a");
		this.network.run();
		assertRefused("InvalidStateError", () -> this.xhr.setWithCredentials(true));
		this.network.transport.only().end();
		this.network.run();
		assertRefused("InvalidStateError", () -> this.xhr.setWithCredentials(true));
		assertThat(this.xhr.isWithCredentials()).isFalse();
		this.xhr.open("GET", "a");
		this.xhr.setWithCredentials(true);
		assertThat(this.xhr.isWithCredentials()).isTrue();
	}

	@Test
	void stateOfASentRequestIsCheckedBeforeTheHeader() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		assertRefused("InvalidStateError", () -> this.xhr.setRequestHeader("not a token", "b"));
	}

	@Test
	void valueIsCheckedBeforeTheHeaderIsIgnored() {
		this.xhr.open("GET", "a");
		assertRefused("SyntaxError", () -> this.xhr.setRequestHeader("Host", "a\nb"));
	}

	@Test
	void abortedRequestIsToBeOpenedAgain() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.xhr.abort();
		assertRefused("InvalidStateError", this.xhr::send);
		assertRefused("InvalidStateError", () -> this.xhr.setRequestHeader("A", "b"));
	}

	@Test
	void timeoutIsOffAtFirst() {
		assertThat(this.xhr.getTimeout()).isZero();
		this.xhr.open("GET", "a");
		this.xhr.send();
		assertThat(this.network.timers.size()).isZero();
	}

	@Test
	void timeoutThatHasPassedAlreadyEndsTheRequest() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.timers.advance(Duration.ofMillis(80));
		this.xhr.setTimeout(50);
		this.network.timers.advance(Duration.ZERO);
		this.network.run();
		assertThat(log.entries()).endsWith("readystatechange 4", "timeout(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void timeoutCanBeRaisedInFlight() {
		this.xhr.open("GET", "a");
		this.xhr.setTimeout(50);
		this.xhr.send();
		this.network.timers.advance(Duration.ofMillis(49));
		this.xhr.setTimeout(100);
		this.network.timers.advance(Duration.ofMillis(50));
		this.network.run();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
		this.network.timers.advance(Duration.ofMillis(1));
		this.network.run();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
	}

	@Test
	void timeoutSetInLoadstartCounts() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.setOnloadstart((event) -> this.xhr.setTimeout(10));
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.timers.advance(Duration.ofMillis(10));
		this.network.run();
		assertThat(log.entries()).endsWith("timeout(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void timeoutEndsAResponseThatIsLoading() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.setTimeout(10);
		this.xhr.send();
		this.network.transport.only().head(200).chunk("abc");
		this.network.run();
		log.clear();
		this.network.timers.advance(Duration.ofMillis(10));
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 4", "timeout(0,0,false)", "loadend(0,0,false)");
		assertThat(this.xhr.getStatus()).isZero();
		assertThat(this.xhr.getResponseText()).isEmpty();
	}

	@Test
	void timeoutIsForgottenByTheNextRequest() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.setTimeout(10);
		this.xhr.send();
		this.network.timers.advance(Duration.ofMillis(10));
		this.network.run();
		this.xhr.setTimeout(0);
		this.xhr.open("GET", "b");
		this.xhr.send();
		log.clear();
		this.network.transport.last().fail();
		this.network.run();
		assertThat(log.entries()).containsExactly("readystatechange 4", "error(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void textGrowsBetweenTheEvents() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("a");
		this.network.run();
		log.clear();
		this.network.transport.only().chunk("b");
		this.network.run();
		assertThat(log.entries()).isEmpty();
		assertThat(this.xhr.getResponseText()).isEqualTo("ab");
		this.xhr.abort();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "", "-1", "1.5", "0" })
	void lengthThatIsNoneIsNotComputable(String length) {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Content-Length", length).chunk("abc").end();
		this.network.run();
		assertThat(log.entries()).endsWith("progress(3,0,false)", "progress(3,0,false)", "readystatechange 4",
				"load(3,0,false)", "loadend(3,0,false)");
	}

	private void assertRefused(String name, ThrowingCallable call) {
		assertThatExceptionOfType(XhrException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo(name));
	}

}
