package io.github.springxhr.demo.run;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;

/**
 * What there is when a run has ended.
 *
 * @param result what a browser tells too
 * @param failure why it failed, which a browser does not tell
 */
record Outcome(Result result, @Nullable Failure failure) {

	static Outcome of(XMLHttpRequest request, @Nullable String thrown) {
		FetchFailure failure = request.getFailure();
		Content content = Content.of(request);
		return new Outcome(new Result(request.getReadyState(), request.getStatus(), request.getStatusText(),
				request.getResponseURL(), request.getAllResponseHeaders(), request.getResponseType().getValue(),
				content.length(), content.digest(), thrown), (failure != null) ? Failure.of(failure) : null);
	}

	/**
	 * A request after its last event.
	 *
	 * @param readyState its state
	 * @param status its status
	 * @param statusText the server's reason phrase
	 * @param responseURL the URL that answered
	 * @param headers the response's headers
	 * @param responseType its type
	 * @param contentLength the size of the response, -1 if there is none
	 * @param digest the SHA-256 of the response
	 * @param thrown the name of the exception that a call threw
	 */
	record Result(int readyState, int status, String statusText, String responseURL, String headers,
			String responseType, long contentLength, @Nullable String digest, @Nullable String thrown) {

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
