package io.github.springxhr.reliability;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.http.FetchFailure;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What there is to see of a request, without a reference to it.
 */
record Outcome(int readyState, FetchFailure failure, int status, String statusText, String headers, String text,
		Object response, String url) {

	private static final int SHORT = 40;

	static Outcome of(XMLHttpRequest request) {
		return new Outcome(request.getReadyState(), request.getFailure(), request.getStatus(), request.getStatusText(),
				request.getAllResponseHeaders(), request.getResponseText(), request.getResponse(),
				request.getResponseURL());
	}

	/**
	 * In the words of {@link Expectations}.
	 * @param end the event or the exception that has told the caller
	 */
	String toText(String end) {
		if (this.failure != null) {
			return end + " " + this.failure.kind();
		}
		return ("load " + this.status + " " + ((this.text.length() > SHORT) ? this.text.length() : this.text)).strip();
	}

	void assertEmpty() {
		assertThat(this.status).isZero();
		assertThat(this.statusText).isEmpty();
		assertThat(this.headers).isEmpty();
		assertThat(this.text).isEmpty();
		assertThat(this.response).isEqualTo("");
		assertThat(this.url).isEmpty();
	}

}
