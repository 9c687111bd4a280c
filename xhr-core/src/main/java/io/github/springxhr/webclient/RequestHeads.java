package io.github.springxhr.webclient;

import java.net.URI;

import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Url;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Makes the head of a request what the Fetch Standard says where the HTTP client has its
 * own ideas.
 */
final class RequestHeads {

	private RequestHeads() {
	}

	/**
	 * Complete a head: the request target as the URL Standard writes it, no length of a
	 * body that there is not unless the method is POST or PUT, and header values that the
	 * HTTP client refuses.
	 * @return the request to send, which takes over the content
	 */
	static HttpRequest complete(HttpRequest request, NetworkRequest source, URI uri) {
		restoreTarget(request, source.url(), uri);
		boolean lengthZero = source.method().equals("POST") || source.method().equals("PUT");
		if (source.body() == null && !lengthZero && "0".equals(request.headers().get(HttpHeaderNames.CONTENT_LENGTH))) {
			request.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
		}
		return hasUnchecked(source.headers()) ? withHeaders(request, withUnchecked(request.headers(), source.headers()))
				: request;
	}

	private static boolean hasUnchecked(HeaderList headers) {
		return headers.anyValue(HttpRules::hasControl);
	}

	/**
	 * Put the headers that the HTTP client refuses in their places. What a filter of the
	 * application has put there instead stays, but not what the HTTP client has.
	 */
	private static HttpHeaders withUnchecked(HttpHeaders checked, HeaderList wanted) {
		HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
		HttpHeaders rest = headers.copy().add(checked);
		move(HttpHeaderNames.HOST.toString(), rest, headers);
		wanted.forEach((name, value) -> {
			if (HttpRules.hasControl(value) && (isDefaulted(name) || !rest.contains(name))) {
				rest.remove(name);
				headers.add(name, value);
			}
			else {
				move(name, rest, headers);
			}
		});
		return headers.add(rest);
	}

	/**
	 * Whether the header stands in each request. WebClient need not hear of it where no
	 * filter does: it makes four maps of what it is told.
	 */
	static boolean isStanding(String name) {
		return isDefaulted(name) || HttpHeaderNames.ACCEPT_ENCODING.contentEqualsIgnoreCase(name);
	}

	/**
	 * Add what WebClient has not been told, in the place of what the HTTP client has.
	 * @param told how many headers it has been told
	 */
	static void addUntold(HttpHeaders headers, HeaderList wanted, int told) {
		wanted.forEach(told, wanted.size(), (name, value) -> {
			if (!HttpRules.hasControl(value)) {
				headers.remove(name);
			}
		});
		wanted.forEach(told, wanted.size(), (name, value) -> {
			if (!HttpRules.hasControl(value)) {
				headers.add(name, value);
			}
		});
	}

	/**
	 * Whether the HTTP client has put the header there before WebClient writes its own.
	 */
	static boolean isPreset(String name) {
		return isDefaulted(name) || HttpHeaderNames.HOST.contentEqualsIgnoreCase(name);
	}

	private static boolean isDefaulted(String name) {
		return HttpHeaderNames.ACCEPT.contentEqualsIgnoreCase(name)
				|| HttpHeaderNames.USER_AGENT.contentEqualsIgnoreCase(name);
	}

	private static void move(String name, HttpHeaders from, HttpHeaders to) {
		to.add(name, from.getAll(name));
		from.remove(name);
	}

	/**
	 * Write the request target as the URL Standard serializes it, where a {@link URI}
	 * could not hold it. A filter of the application may have chosen another.
	 */
	private static void restoreTarget(HttpRequest request, Url url, URI uri) {
		String wanted = url.requestTarget();
		if (request.uri().equals(wanted)) {
			return;
		}
		String raw = (uri.getRawQuery() != null) ? uri.getRawPath() + "?" + uri.getRawQuery() : uri.getRawPath();
		if (request.uri().equals(raw)) {
			request.setUri(wanted);
		}
	}

	private static HttpRequest withHeaders(HttpRequest request, HttpHeaders headers) {
		if (request instanceof FullHttpRequest full) {
			return new DefaultFullHttpRequest(full.protocolVersion(), full.method(), full.uri(), full.content(),
					headers, full.trailingHeaders());
		}
		return new DefaultHttpRequest(request.protocolVersion(), request.method(), request.uri(), headers);
	}

}
