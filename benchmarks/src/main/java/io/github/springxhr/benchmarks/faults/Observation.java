package io.github.springxhr.benchmarks.faults;

import org.jspecify.annotations.Nullable;

/**
 * What has come of a request.
 *
 * @param reply the response that the caller has been told of, if any
 * @param failure what the caller has been told instead; neither if it still waits
 * @param requests how often the request has reached the server
 * @param redirect whether that is due to redirects
 * @param next what is wrong with the next request of the same client, if anything
 */
record Observation(@Nullable Reply reply, @Nullable String failure, long requests, boolean redirect,
		@Nullable String next) {

	boolean isFailure() {
		return this.failure != null;
	}

	boolean isEndless() {
		return this.failure == null && this.reply == null;
	}

	/** Whether the caller has a response with that status and that body, and no more. */
	boolean has(int status, String body) {
		return this.reply != null && this.reply.status() == status && this.reply.body().start().equals(body)
				&& this.reply.body().length() == body.length();
	}

	/** The same, without the name of the error. */
	Observation unnamed() {
		return new Observation(this.reply, (this.failure != null) ? "" : null, this.requests, this.redirect, this.next);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		if (this.reply != null) {
			text.append(this.reply);
		}
		else {
			text.append((this.failure == null) ? "nothing within " + Limits.STOP.toSeconds() + " s"
					: this.failure.isEmpty() ? "error" : "error: " + this.failure);
		}
		if (this.requests > 1) {
			text.append(this.redirect ? ", after " + this.requests + " requests"
					: (this.requests == 2) ? ", sent twice" : ", sent " + this.requests + " times");
		}
		return text.append((this.next != null) ? "; next request: " + this.next : "").toString();
	}

}
