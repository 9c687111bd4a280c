package io.github.springxhr.hazard;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * A client under attack, over real sockets.
 */
final class Victim implements AutoCloseable {

	private final XhrFactory factory;

	private Victim(XhrFactory factory) {
		this.factory = factory;
	}

	static Victim plain() {
		return with(UnaryOperator.identity());
	}

	static Victim with(UnaryOperator<XhrFactoryBuilder> settings) {
		return with(WebClient.builder(), settings);
	}

	static Victim with(WebClient.Builder webClient, UnaryOperator<XhrFactoryBuilder> settings) {
		return new Victim(settings.apply(XhrFactory.builder(webClient)).build());
	}

	XMLHttpRequest create() {
		return this.factory.create();
	}

	XMLHttpRequest get(String url) throws InterruptedException {
		return get(url, (xhr) -> {
		});
	}

	XMLHttpRequest get(String url, XMLHttpRequestResponseType type) throws InterruptedException {
		return get(url, (xhr) -> xhr.setResponseType(type));
	}

	XMLHttpRequest get(String url, Consumer<XMLHttpRequest> opened) throws InterruptedException {
		return send("GET", url, opened.andThen(XMLHttpRequest::send));
	}

	XMLHttpRequest send(String method, String url, Consumer<XMLHttpRequest> sender) throws InterruptedException {
		XMLHttpRequest xhr = create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open(method, url);
		sender.accept(xhr);
		log.awaitEnd();
		return xhr;
	}

	@Override
	public void close() {
		this.factory.close();
	}

}
