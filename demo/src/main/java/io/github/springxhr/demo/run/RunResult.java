package io.github.springxhr.demo.run;

import java.util.List;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a request looks like after its last event.
 *
 * @param readyState its state
 * @param status its status
 * @param statusText the server's reason phrase
 * @param responseURL the URL that answered
 * @param headers the lines of the response's headers
 * @param responseText the start of the response
 * @param responseLength the length of the whole response, in characters
 * @param failure why it failed, if it did
 */
record RunResult(int readyState, int status, String statusText, String responseURL, List<String> headers,
		String responseText, int responseLength, @Nullable Failure failure) {

	private static final int PREFIX = 1200;

	static RunResult of(XMLHttpRequest request) {
		String text = request.getResponseText();
		FetchFailure failure = request.getFailure();
		return new RunResult(request.getReadyState(), request.getStatus(), request.getStatusText(),
				request.getResponseURL(), request.getAllResponseHeaders().lines().toList(),
				text.substring(0, Math.min(PREFIX, text.length())), text.length(),
				(failure != null) ? Failure.of(failure) : null);
	}

	/**
	 * Why a request failed.
	 *
	 * @param kind the kind
	 * @param phase what was being done
	 * @param message what happened
	 */
	record Failure(String kind, String phase, String message) {

		static Failure of(FetchFailure failure) {
			return new Failure(failure.kind().tag(), failure.phase().description(), failure.message());
		}

	}

}
