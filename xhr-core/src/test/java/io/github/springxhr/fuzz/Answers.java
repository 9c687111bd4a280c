package io.github.springxhr.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.HeaderList;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A network that answers at once: the first request as it is told to, further ones with
 * status 200. Fast enough for a fuzzer.
 */
final class Answers implements NetworkTransport {

	final List<NetworkRequest> requests = new ArrayList<>();

	private final int status;

	private final HeaderList headers;

	private final byte[] body;

	private Answers(int status, HeaderList headers, byte[] body) {
		this.status = status;
		this.headers = headers;
		this.body = body;
	}

	static Answers of(int status, String name, String value, byte[] body) {
		HeaderList headers = new HeaderList();
		headers.add(name, value);
		return of(status, headers, body);
	}

	static Answers of(int status, HeaderList headers, byte[] body) {
		return new Answers(status, headers, body);
	}

	XMLHttpRequest get(String url, UnaryOperator<XhrFactoryBuilder> settings, UnaryOperator<XMLHttpRequest> opened) {
		return send(settings, (request) -> {
			request.open("GET", url, false);
			return opened.apply(request);
		});
	}

	XMLHttpRequest send(UnaryOperator<XhrFactoryBuilder> settings, UnaryOperator<XMLHttpRequest> opened) {
		try (XhrFactory factory = settings
			.apply(XhrFactory.builder(WebClient.builder()).transport(this).synchronous(true))
			.build()) {
			XMLHttpRequest xhr = factory.create();
			opened.apply(xhr);
			try {
				xhr.send();
			}
			catch (XhrException ex) {
				assertThat(ex.getFailure()).isEqualTo(xhr.getFailure());
			}
			return xhr;
		}
	}

	@Override
	public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
		this.requests.add(request);
		if (this.requests.size() == 1) {
			handler.responseHead(this.status, "", this.headers.copy());
			handler.bodyChunk(new Chunk(this.body));
		}
		else {
			handler.responseHead(200, "", new HeaderList());
		}
		handler.bodyEnd();
		return new NetworkExchange() {

			@Override
			public void request(long chunks) {
				// all has been delivered
			}

			@Override
			public void cancel() {
				// it is over
			}

		};
	}

	@Override
	public void close() {
		// there is nothing to close
	}

	private record Chunk(byte[] bytes) implements BodyChunk {

		@Override
		public int length() {
			return this.bytes.length;
		}

		@Override
		public void copyTo(byte[] target, int offset) {
			System.arraycopy(this.bytes, 0, target, offset, this.bytes.length);
		}

		@Override
		public void release() {
			// it is on the heap
		}

	}

}
