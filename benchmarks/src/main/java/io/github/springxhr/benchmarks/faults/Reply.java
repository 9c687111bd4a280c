package io.github.springxhr.benchmarks.faults;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A response, as the caller has it.
 *
 * @param status the status
 * @param contentLength the length in its head
 * @param contentEncoding the codings in its head
 * @param extra the header X-A
 * @param body the body
 */
record Reply(int status, @Nullable String contentLength, @Nullable String contentEncoding, @Nullable String extra,
		Body body) {

	private static final int MANY = 400;

	static Reply of(int status, Function<String, @Nullable String> headers, Body body) {
		return new Reply(status, headers.apply("Content-Length"), headers.apply("Content-Encoding"),
				headers.apply("X-A"), body);
	}

	/** Whether the body is what was on the wire, and the head says how it is coded. */
	boolean isUndecoded() {
		return this.contentEncoding != null && this.body.length() > 0
				&& String.valueOf(this.body.length()).equals(this.contentLength);
	}

	boolean isRedirect() {
		return this.status >= 300 && this.status < MANY;
	}

	/** Whether there is less of the body than the head says. */
	boolean isShort() {
		return this.contentLength != null && this.contentEncoding == null && this.contentLength.matches("\\d{1,18}")
				&& this.body.length() > 0 && this.body.length() < Long.parseLong(this.contentLength);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder().append(this.status).append(", ");
		if (this.body.endless()) {
			return text.append("no limit: read ").append(this.body).toString();
		}
		text.append(isUndecoded() ? "undecoded" : this.body.toString());
		if (isShort()) {
			text.append(", ").append(this.body.length()).append(" of ").append(this.contentLength).append(" bytes");
		}
		if (this.extra != null && this.extra.length() < Body.SHORT) {
			text.append(", header \"")
				.append(this.extra.replace("\0", "\\0").replace("\r", "\\r").replace("\n", "\\n"))
				.append('"');
		}
		return text.toString();
	}

}
