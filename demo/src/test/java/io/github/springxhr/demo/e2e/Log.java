package io.github.springxhr.demo.e2e;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What one of the two sides has seen of a request.
 *
 * @param events its events
 * @param result what it is in the end
 */
record Log(List<Event> events, Result result) {

	/**
	 * An event.
	 *
	 * @param target {@code request} or {@code upload}
	 * @param type its type
	 * @param readyState the request's state when it was fired
	 * @param status the request's status when it was fired
	 * @param loaded bytes transferred, if it tells of progress
	 * @param total bytes to transfer
	 * @param lengthComputable whether the total is known
	 */
	record Event(String target, String type, int readyState, int status, @Nullable Long loaded, @Nullable Long total,
			@Nullable Boolean lengthComputable) {

		boolean isLoading() {
			return this.target.equals("request")
					&& (this.type.equals("progress") || (this.type.equals("readystatechange") && this.readyState == 3));
		}

		boolean isUploading() {
			return this.target.equals("upload") && this.type.equals("progress");
		}

		Event withType(String type) {
			return new Event(this.target, type, this.readyState, this.status, this.loaded, this.total,
					this.lengthComputable);
		}

		Event withReadyState(int readyState) {
			return new Event(this.target, this.type, readyState, this.status, this.loaded, this.total,
					this.lengthComputable);
		}

		Event withTotal(long total, boolean lengthComputable) {
			return new Event(this.target, this.type, this.readyState, this.status, this.loaded, total,
					lengthComputable);
		}

		/** Of a larger transfer; what is at its beginning stays there. */
		@Override
		public String toString() {
			String name = this.target + " " + this.type + " readyState=" + this.readyState + " status=" + this.status;
			return (this.loaded == null) ? name
					: name + " " + this.loaded + "/" + this.total + " " + this.lengthComputable;
		}

	}

	/**
	 * A request after its last event.
	 *
	 * @param readyState its state
	 * @param status its status
	 * @param statusText the reason phrase
	 * @param responseURL the URL that answered
	 * @param headers what {@code getAllResponseHeaders()} gives
	 * @param responseType what the response was wanted as
	 * @param contentLength the size of the response
	 * @param digest of the response's content
	 * @param thrown the name of what {@code send()} or another call has thrown
	 */
	record Result(int readyState, int status, @Nullable String statusText, @Nullable String responseURL,
			@Nullable String headers, @Nullable String responseType, @Nullable Long contentLength,
			@Nullable String digest, @Nullable String thrown) {

		Result withHeaders(String headers) {
			return new Result(this.readyState, this.status, this.statusText, this.responseURL, headers,
					this.responseType, this.contentLength, this.digest, this.thrown);
		}

		Result withResponseURL(String url) {
			return new Result(this.readyState, this.status, this.statusText, url, this.headers, this.responseType,
					this.contentLength, this.digest, this.thrown);
		}

		/** By attribute. */
		Map<String, String> attributes() {
			Map<String, String> attributes = new TreeMap<>();
			attributes.put("readyState", String.valueOf(this.readyState));
			attributes.put("status", String.valueOf(this.status));
			attributes.put("statusText", String.valueOf(this.statusText));
			attributes.put("responseURL", String.valueOf(this.responseURL));
			attributes.put("responseType", String.valueOf(this.responseType));
			attributes.put("contentLength", String.valueOf(this.contentLength));
			attributes.put("digest", String.valueOf(this.digest));
			attributes.put("thrown", String.valueOf(this.thrown));
			attributes.put("headers", withoutTime(String.valueOf(this.headers)));
			return attributes;
		}

		/** Two responses may be of two seconds. */
		private static String withoutTime(String headers) {
			return headers.replaceAll("(?m)^date: .*$", "date: (a time)").strip();
		}

	}

}
