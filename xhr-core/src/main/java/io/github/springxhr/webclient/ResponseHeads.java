package io.github.springxhr.webclient;

import java.util.Iterator;
import java.util.Map;

import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * What the Fetch Standard takes for the head of a response, as the codecs refuse less, or
 * more.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-network-fetch">Fetch Standard,
 * HTTP-network fetch</a>
 */
final class ResponseHeads {

	/** A server that sends more has no final response in mind. */
	private static final int MAX_INTERIM_RESPONSES = 16;

	private ResponseHeads() {
	}

	static boolean isFinal(int status) {
		return status >= 200 && status <= 999;
	}

	/**
	 * Return whether an interim response is to be skipped. Nobody has asked to switch
	 * protocols when one that does so gets here.
	 */
	static boolean isInterim(int status, int count) {
		return status != 101 && count <= MAX_INTERIM_RESPONSES;
	}

	static boolean isMalformed(Iterator<? extends Map.Entry<CharSequence, CharSequence>> headers) {
		while (headers.hasNext()) {
			Map.Entry<CharSequence, CharSequence> header = headers.next();
			String name = header.getKey().toString();
			boolean pseudo = name.equals(":status");
			if (!(pseudo || HttpRules.isHeaderName(name)) || !HttpRules.isHeaderValue(header.getValue().toString())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Deliver a head as it was received.
	 */
	static void deliver(HttpClientResponse wire, NetworkHandler handler) {
		HeaderList headers = new HeaderList();
		Iterator<Map.Entry<CharSequence, CharSequence>> fields = wire.responseHeaders().iteratorCharSequence();
		while (fields.hasNext()) {
			Map.Entry<CharSequence, CharSequence> field = fields.next();
			headers.add(field.getKey().toString(), field.getValue().toString());
		}
		deliver(wire.status().code(), headers, wire, handler);
	}

	/**
	 * Deliver a head that filters of the application have seen.
	 * @param wire what was received, which may be another response, or {@code null} for
	 * nothing
	 */
	static void deliver(ClientResponse response, @Nullable HttpClientResponse wire, NetworkHandler handler) {
		HeaderList headers = new HeaderList();
		response.headers().asHttpHeaders().forEach((name, values) -> {
			// a name that was received in two cases comes twice, with all values each
			// time
			if (!headers.contains(name)) {
				values.forEach((value) -> headers.add(name, value));
			}
		});
		deliver(response.statusCode().value(), headers, wire, handler);
	}

	/**
	 * Deviation: over HTTP/2 two headers that the HTTP client makes up are taken off,
	 * also if the server has sent them.
	 */
	private static void deliver(int status, HeaderList headers, @Nullable HttpClientResponse wire,
			NetworkHandler handler) {
		boolean http2 = wire != null && wire.version().majorVersion() > 1;
		if (http2) {
			headers.delete("Transfer-Encoding");
			headers.delete("x-http2-stream-id");
		}
		// WebClient hides the reason phrase; one of another response is not this one's
		String reasonPhrase = (wire != null && !http2 && wire.status().code() == status) ? wire.status().reasonPhrase()
				: "";
		handler.responseHead(status, reasonPhrase, headers);
	}

}
