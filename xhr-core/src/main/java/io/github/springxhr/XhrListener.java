package io.github.springxhr;

import io.github.springxhr.event.Event;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;

/**
 * Follows one request object for metrics, traces and logs. Unlike an event listener it is
 * no part of the request: it does not count as an upload listener, and is told of events
 * that nobody else listens to. What it throws is logged and dropped.
 *
 * <h2>Concurrency</h2> Called on the request's own event loop, never by two threads at a
 * time.
 *
 * @since 0.1.0
 */
public interface XhrListener {

	/**
	 * An event is about to be fired.
	 * @param upload whether it is fired at the upload object
	 * @param type its type
	 * @param loaded the bytes transferred; 0 for {@code readystatechange}
	 * @param total the bytes to transfer; 0 if not known
	 */
	default void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
	}

	/**
	 * The request is sent.
	 * @param sending what is sent
	 * @return follows this exchange, or {@code null}
	 */
	default @Nullable ExchangeListener sent(Sending sending) {
		return null;
	}

	/**
	 * A header that the author set was ignored.
	 * @param name its name
	 */
	default void headerIgnored(String name) {
	}

	/**
	 * An event listener threw.
	 * @param event what it was called with
	 * @param failure what it threw
	 */
	default void listenerFailed(Event event, Throwable failure) {
	}

	/**
	 * Follows one exchange, from {@code send()} to {@code loadend}.
	 */
	interface ExchangeListener {

		/**
		 * The head of the response has been received.
		 * @param status the status code
		 */
		default void headersReceived(int status) {
		}

		/**
		 * The exchange has ended; called once, after its last event.
		 * @param result how
		 */
		default void ended(Result result) {
		}

	}

	/**
	 * What is sent.
	 *
	 * @param method the HTTP method
	 * @param uriTemplate the template the request was opened with, or {@code null}
	 * @param background whether it is work in the background
	 */
	record Sending(String method, @Nullable String uriTemplate, boolean background) {

	}

	/**
	 * How an exchange ended.
	 *
	 * @param outcome in a word
	 * @param status the status code, or 0 if there was none
	 * @param failure why it failed, or {@code null}
	 * @param requestBytes the bytes of the request's body that were sent
	 * @param responseBytes the bytes of the response's body that were received
	 */
	record Result(XhrOutcome outcome, int status, @Nullable FetchFailure failure, long requestBytes,
			long responseBytes) {

	}

	/**
	 * Makes a listener for each request object.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Make a listener.
		 * @param client the name of the factory that makes the request
		 * @param request the request
		 * @return the listener
		 */
		XhrListener create(String client, XMLHttpRequest request);

	}

}
