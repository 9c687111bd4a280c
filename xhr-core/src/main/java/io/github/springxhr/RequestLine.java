package io.github.springxhr;

import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.BiConsumer;

import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.http.Excerpt;

/**
 * What the log tells about a request that has ended, in words and as fields. It has no
 * query, no credentials and no value of a header, and no control characters.
 *
 * @param client the name of the factory
 * @param method the HTTP method
 * @param url the template or the redacted URL
 * @param result how it ended
 * @param channel what happened on the network
 */
record RequestLine(String client, String method, String url, Result result, XhrChannel channel) {

	void forEachField(BiConsumer<String, Object> consumer) {
		consumer.accept("xhr.client", escape(this.client));
		consumer.accept("xhr.method", escape(Excerpt.of(this.method)));
		consumer.accept("xhr.url", escape(Excerpt.of(this.url)));
		consumer.accept("xhr.outcome", this.result.outcome().tag());
		if (this.result.status() != 0) {
			consumer.accept("xhr.status", this.result.status());
		}
		if (this.result.failure() != null) {
			consumer.accept("xhr.failure", this.result.failure().kind().tag());
		}
		if (redirects() > 0) {
			consumer.accept("xhr.redirects", redirects());
		}
		consumer.accept("xhr.bytes.sent", this.result.requestBytes());
		consumer.accept("xhr.bytes.received", this.result.responseBytes());
		consumer.accept("xhr.duration_ms", millis(duration()));
		this.channel.timings()
			.phases()
			.forEach((name, duration) -> consumer.accept("xhr.phase." + name + "_ms", millis(duration)));
	}

	String text() {
		StringBuilder text = new StringBuilder(200);
		text.append(this.client).append(": ").append(Excerpt.of(this.method)).append(' ').append(Excerpt.of(this.url));
		text.append(", ").append(this.result.outcome().tag());
		if (this.result.status() != 0) {
			text.append(", status ").append(this.result.status());
		}
		if (redirects() > 0) {
			text.append(", redirects ").append(redirects());
		}
		text.append(", bytes sent ").append(this.result.requestBytes());
		text.append(", received ").append(this.result.responseBytes());
		text.append(", ").append(text(duration())).append(" ms").append(phases());
		if (this.result.failure() != null) {
			text.append(": ").append(Excerpt.of(this.result.failure().withoutValues().toString()));
		}
		return escape(text.toString());
	}

	private String phases() {
		StringJoiner phases = new StringJoiner(", ", " (", ")").setEmptyValue("");
		this.channel.timings().phases().forEach((name, duration) -> phases.add(name + " " + text(duration)));
		return phases.toString();
	}

	private int redirects() {
		return this.channel.urls().size() - 1;
	}

	private Duration duration() {
		Duration ended = this.channel.timings().ended();
		return (ended != null) ? ended : Duration.ZERO;
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / 1000 / 1000.0;
	}

	private static String text(Duration duration) {
		return String.format(Locale.ROOT, "%.3f", millis(duration));
	}

	/**
	 * Escape what could end a line or change how it is shown, as peers and authors may
	 * have chosen it.
	 */
	static String escape(String text) {
		if (text.codePoints().noneMatch(RequestLine::isUnsafe)) {
			return text;
		}
		StringBuilder escaped = new StringBuilder(text.length() + 10);
		text.codePoints().forEach((c) -> {
			if (isUnsafe(c)) {
				escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
			}
			else {
				escaped.appendCodePoint(c);
			}
		});
		return escaped.toString();
	}

	private static boolean isUnsafe(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE ->
				true;
			default -> false;
		};
	}

}
