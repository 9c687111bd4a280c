package io.github.springxhr.fetch;

import io.github.springxhr.http.DataUrl;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;

/**
 * Fetches URLs of other schemes than http and https: {@code data:}, and no more.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-scheme-fetch">Fetch Standard,
 * scheme fetch</a>
 */
final class SchemeFetch {

	private SchemeFetch() {
	}

	static void fetch(FetchRequest request, long maxResponseSize, FetchHandler handler) {
		Url url = request.currentUrl();
		if (!url.scheme().equals("data")) {
			networkError(handler, "the URL's scheme '" + url.scheme() + "' cannot be fetched");
			return;
		}
		DataUrl data = DataUrl.parse(url);
		if (data == null) {
			networkError(handler, "the data: URL is malformed");
		}
		else if (data.body().length > maxResponseSize) {
			handler.processResponse(new Response.NetworkError(ResponseBody.tooLarge(maxResponseSize)));
		}
		else {
			respond(request, data, handler);
		}
	}

	private static void respond(FetchRequest request, DataUrl data, FetchHandler handler) {
		HeaderList headers = new HeaderList();
		headers.add("Content-Type", data.mimeType().serialize());
		boolean hasBody = !request.method().equals("HEAD");
		handler.processResponse(new Response.Received(200, "OK", headers, request.urlList(), hasBody, -1));
		if (hasBody && data.body().length > 0) {
			handler.processBodyChunk(new ByteChunk(data.body(), data.body().length));
		}
		handler.processEndOfBody();
	}

	private static void networkError(FetchHandler handler, String message) {
		handler.processResponse(
				new Response.NetworkError(FetchFailure.of(FailureKind.UNSUPPORTED_SCHEME, Phase.CONNECT, message)));
	}

}
