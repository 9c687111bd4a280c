package io.github.springxhr.webclient;

import java.util.function.UnaryOperator;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.http.FailureKind;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client with other settings, and requests of it.
 */
final class Clients implements AutoCloseable {

	private final XhrFactory factory;

	private Clients(XhrFactory factory) {
		this.factory = factory;
	}

	static Clients with(UnaryOperator<XhrFactoryBuilder> settings) {
		return new Clients(settings.apply(XhrFactory.builder(WebClient.builder())).build());
	}

	Call start(String url) {
		return send("GET", url, null);
	}

	Call send(String method, String url, byte[] body) {
		Call call = opened(method, url);
		call.xhr.send(body);
		return call;
	}

	Call opened(String method, String url) {
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open(method, url);
		return new Call(xhr, log);
	}

	void assertOk(String url) throws InterruptedException {
		start(url).assertOk("hello");
	}

	@Override
	public void close() {
		this.factory.close();
	}

	record Call(XMLHttpRequest xhr, EventLog log) {

		XMLHttpRequest ended() throws InterruptedException {
			this.log.awaitEnd();
			return this.xhr;
		}

		void assertOk(String body) throws InterruptedException {
			XMLHttpRequest ended = ended();
			assertThat(ended.getFailure()).isNull();
			assertThat(ended.getStatus()).isEqualTo(200);
			assertThat(ended.getResponseText()).isEqualTo(body);
		}

		void assertFailed(FailureKind kind, String message) throws InterruptedException {
			XMLHttpRequest ended = ended();
			assertThat(ended.getStatus()).isZero();
			assertThat(ended.getFailure()).isNotNull();
			assertThat(ended.getFailure().kind()).as(ended.getFailure().toString()).isEqualTo(kind);
			assertThat(ended.getFailure().message()).isEqualTo(message);
		}

	}

}
