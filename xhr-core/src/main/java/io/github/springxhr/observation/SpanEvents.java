package io.github.springxhr.observation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.XhrEventType;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The events of one exchange on its span. A download of any length adds two
 * {@code progress} events: the first, and the last when it turns out to have been that.
 * Does nothing without Micrometer Tracing.
 */
abstract class SpanEvents {

	private static final boolean PRESENT = ClassUtils
		.isPresent("io.micrometer.tracing.handler.TracingObservationHandler", SpanEvents.class.getClassLoader());

	private static final SpanEvents NONE = new SpanEvents() {

		@Override
		void fired(boolean upload, XhrEventType type) {
			// nobody to tell
		}

		@Override
		void ended() {
			// nobody to tell
		}

	};

	/**
	 * Return the events of the span that an observation has been given when it was
	 * started.
	 */
	static SpanEvents of(Observation.Context context) {
		return PRESENT ? Traced.of(context) : NONE;
	}

	abstract void fired(boolean upload, XhrEventType type);

	abstract void ended();

	/** Loaded only if the library is there. */
	private static final class Traced extends SpanEvents {

		private final Target request;

		private final Target upload;

		private Traced(Span span) {
			this.request = new Target(span, "");
			this.upload = new Target(span, "upload.");
		}

		static SpanEvents of(Observation.Context context) {
			TracingContext tracing = context.get(TracingContext.class);
			Span span = (tracing != null) ? tracing.getSpan() : null;
			return (span != null && !span.isNoop()) ? new Traced(span) : NONE;
		}

		@Override
		void fired(boolean upload, XhrEventType type) {
			if (type != XhrEventType.READYSTATECHANGE) {
				(upload ? this.upload : this.request).fired(type);
			}
		}

		@Override
		void ended() {
			this.upload.lastProgress();
			this.request.lastProgress();
		}

	}

	/**
	 * The request or its upload.
	 */
	private static final class Target {

		private final Span span;

		private final String prefix;

		private boolean progressed;

		private @Nullable Instant lastProgress;

		Target(Span span, String prefix) {
			this.span = span;
			this.prefix = prefix;
		}

		void fired(XhrEventType type) {
			Instant now = Instant.now();
			if (type == XhrEventType.PROGRESS && this.progressed) {
				this.lastProgress = now;
				return;
			}
			this.progressed |= (type == XhrEventType.PROGRESS);
			lastProgress();
			event(type, now);
		}

		void lastProgress() {
			Instant time = this.lastProgress;
			if (time != null) {
				this.lastProgress = null;
				event(XhrEventType.PROGRESS, time);
			}
		}

		private void event(XhrEventType type, Instant time) {
			this.span.event(this.prefix + type.eventName(), ChronoUnit.MICROS.between(Instant.EPOCH, time),
					TimeUnit.MICROSECONDS);
		}

	}

}
