package io.github.springxhr.test;

import java.util.List;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.ProgressEvent;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests at which a test fires what it likes.
 */
final class Requests {

	private Requests() {
	}

	/** Nothing is sent, so the factory need not stay open. */
	static XMLHttpRequest create() {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).build()) {
			return factory.create();
		}
	}

	/**
	 * Fire events that are written as {@code "load 5/12"} or
	 * {@code "upload.progress 5/12"}.
	 */
	static XhrEventRecorder recorderOf(String... events) {
		XhrEventRecorder recorder = XhrEventRecorder.of(create());
		List.of(events).forEach((event) -> fire(recorder.request(), event));
		return recorder;
	}

	static void fire(XMLHttpRequest request, String event) {
		String[] parts = event.replace("upload.", "").split("[ /]");
		Event fired = (parts.length == 1) ? new Event(parts[0])
				: ProgressEvent.of(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
		(event.startsWith("upload.") ? request.getUpload() : request).dispatchEvent(fired);
	}

	static void assertFails(ThrowingCallable assertion, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion)
			.satisfies((ex) -> org.assertj.core.api.Assertions.assertThat(ex.getMessage().strip()).isEqualTo(message));
	}

}
