package io.github.springxhr.webclient;

import java.util.Iterator;
import java.util.Map;

import io.github.springxhr.http.HttpRules;

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

}
