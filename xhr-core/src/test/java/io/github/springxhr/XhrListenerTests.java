package io.github.springxhr;

import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What metrics, traces and logs are told.
 */
class XhrListenerTests {

	private final List<String> log = new ArrayList<>();

	private final List<Result> results = new ArrayList<>();

	@AutoClose
	private final FakeNetwork network = new FakeNetwork((client, request) -> new Recorder());

	private final XMLHttpRequest xhr = this.network.create();

	@Test
	void isToldOfEventsThatNobodyListensTo() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Content-Length", "3").chunk("abc").end();
		this.network.run();
		assertThat(this.log).containsExactly("READYSTATECHANGE 0/0", "sent GET null", "LOADSTART 0/0", "headers 200",
				"READYSTATECHANGE 0/0", "READYSTATECHANGE 0/0", "PROGRESS 3/3", "PROGRESS 3/3", "READYSTATECHANGE 0/0",
				"LOAD 3/3", "LOADEND 3/3", "ended");
		assertThat(this.results).containsExactly(new Result(XhrOutcome.SUCCESS, 200, null, 0, 3));
	}

	@Test
	void doesNotCountAsAnUploadListener() {
		this.xhr.open(HttpMethod.POST, "orders/{id}", 7);
		this.xhr.send("12345");
		this.network.transport.only().sent(5).allSent().head(404).end();
		this.network.run();
		assertThat(this.log).contains("sent POST orders/{id}").noneMatch((entry) -> entry.startsWith("upload"));
		assertThat(this.results).containsExactly(new Result(XhrOutcome.CLIENT_ERROR, 404, null, 5, 0));
	}

	@Test
	void failureInTheBodyKeepsWhatWasReceived() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("abc").fail();
		this.network.run();
		assertThat(this.results).singleElement().satisfies((result) -> {
			assertThat(result.outcome()).isEqualTo(XhrOutcome.NETWORK_ERROR);
			assertThat(result.status()).isEqualTo(200);
			assertThat(result.responseBytes()).isEqualTo(3);
			assertThat(result.failure().kind()).isEqualTo(FailureKind.CONNECTION_CLOSED);
		});
	}

	@Test
	void replacedExchangeIsSuperseded() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("abc");
		this.network.run();
		this.xhr.open("GET", "b");
		assertThat(this.results).containsExactly(new Result(XhrOutcome.SUPERSEDED, 200, null, 0, 3));
	}

	@Test
	void exchangeStartedInLoadendIsTheNextOne() {
		this.xhr.addEventListener("loadend", (event) -> {
			if (this.network.transport.exchanges.size() == 1) {
				this.xhr.open("GET", "b");
				this.xhr.send();
			}
		});
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).end();
		this.network.run();
		this.network.transport.last().head(500).end();
		this.network.run();
		assertThat(this.results).extracting(Result::outcome)
			.containsExactly(XhrOutcome.SUCCESS, XhrOutcome.SERVER_ERROR);
	}

	@Test
	void listenerThatFailsHarmsNobody() {
		FakeNetwork failing = new FakeNetwork((client, request) -> {
			throw new IllegalStateException("on purpose");
		}, (client, request) -> new XhrListener() {
			@Override
			public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
				throw new IllegalStateException("on purpose");
			}
		}, (client, request) -> new Recorder());
		XMLHttpRequest request = failing.create();
		request.open("GET", "a");
		request.send();
		failing.transport.only().head(200).end();
		failing.run();
		assertThat(this.results).hasSize(1);
		failing.close();
	}

	private final class Recorder implements XhrListener, ExchangeListener {

		@Override
		public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
			XhrListenerTests.this.log.add((upload ? "upload." : "") + type + " " + loaded + "/" + total);
		}

		@Override
		public ExchangeListener sent(Sending sending) {
			XhrListenerTests.this.log.add("sent " + sending.method() + " " + sending.uriTemplate());
			return this;
		}

		@Override
		public void headersReceived(int status) {
			XhrListenerTests.this.log.add("headers " + status);
		}

		@Override
		public void ended(Result result) {
			XhrListenerTests.this.log.add("ended");
			XhrListenerTests.this.results.add(result);
		}

	}

}
