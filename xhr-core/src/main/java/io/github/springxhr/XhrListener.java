package io.github.springxhr;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

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
		 * Make current what is to be current in the thread while the request works there,
		 * its event listeners included. What is open is closed before {@link #ended}.
		 * @return undoes it
		 */
		default Scope open() {
			return Scope.NONE;
		}

		/**
		 * Return what is to be found in the Reactor context of each hop, where the
		 * filters of WebClient look for it. Asked before each hop, on any thread.
		 * @return keys and values; empty for nothing
		 */
		default Map<Object, Object> context() {
			return Map.of();
		}

		/**
		 * The fetch begins, which is when the listeners of {@code loadstart} have run.
		 * {@link XhrHop#started()} counts from here.
		 */
		default void fetching() {
		}

		/**
		 * A redirect is followed.
		 */
		default void redirected() {
		}

		/**
		 * Another origin has been asked for permission, or need not be asked again.
		 * @param preflight what came of it
		 */
		default void preflight(Preflight preflight) {
		}

		/**
		 * A hop is sent once more: the server has closed a connection that was kept, or a
		 * filter of the WebClient, such as a load balancer's, tries another instance.
		 */
		default void retried() {
		}

		/**
		 * The head of the response has been received.
		 * @param status the status code
		 */
		default void headersReceived(int status) {
		}

		/**
		 * Return whether {@link #hops} is to be called. Asked once, when the request is
		 * sent; what happens to a hop is not recorded unless somebody wants it.
		 * @return whether to record the hops
		 */
		default boolean wantsHops() {
			return false;
		}

		/**
		 * The exchange has ended, and this is what went over the network for it; called
		 * once, before {@link #ended}, if it was asked for.
		 * @param hops in the order in which they were started; empty if none was
		 */
		default void hops(List<XhrHop> hops) {
		}

		/**
		 * The exchange has come to its end: as {@link #ended}, but while what
		 * {@link #open} has made current is current still, so that what is recorded here
		 * belongs to it.
		 * @param result how it ended
		 */
		default void ending(Result result) {
		}

		/**
		 * The exchange has ended; called once, after its last event.
		 * @param result how
		 */
		default void ended(Result result) {
		}

	}

	/**
	 * Something that is current until it is closed, in the same thread.
	 */
	@FunctionalInterface
	interface Scope {

		/** Nothing to close. */
		Scope NONE = () -> {
		};

		/**
		 * Put back what was current before.
		 */
		void close();

	}

	/**
	 * What came of asking another origin for permission: a closed set, fit for a metric's
	 * tag.
	 */
	enum Preflight {

		/** The request is let in. */
		SUCCESS,

		/** It is not, or there was no answer. */
		FAILURE,

		/** An earlier answer still holds. */
		CACHED;

		private final String tag = name().toLowerCase(Locale.ROOT);

		/**
		 * Return the result in the form in which it is a metric's tag.
		 * @return the name in lower case
		 */
		public String tag() {
			return this.tag;
		}

	}

	/**
	 * The connections of a client at one moment.
	 *
	 * @param active those that a request has
	 * @param idle those that are kept for later
	 * @param pending how many requests wait for one
	 */
	record Connections(int active, int idle, int pending) {

	}

	/**
	 * What is sent.
	 *
	 * @param method the HTTP method
	 * @param uriTemplate the template the request was opened with, or {@code null}
	 * @param background whether it is work in the background
	 * @param channel has what has happened on the network so far; can be asked at any
	 * time, also when the exchange has ended
	 */
	record Sending(String method, @Nullable String uriTemplate, boolean background, Supplier<XhrChannel> channel) {

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
		 * @return the listener, or {@code null} to follow nothing of the request, which
		 * is what costs least
		 */
		@Nullable XhrListener create(String client, XMLHttpRequest request);

		/**
		 * A client has been built, whose requests will follow. Called once for each, on
		 * the thread that builds it.
		 * @param client its name
		 * @param connections has the state of its connections; can be asked at any time,
		 * and does not keep the client alive
		 */
		default void built(String client, Supplier<Connections> connections) {
		}

		/**
		 * The cookie store of a client has dropped cookies before their time, as it was
		 * full. Called on any thread.
		 * @param client the name of the client
		 * @param count how many, 1 or more
		 */
		default void cookiesEvicted(String client, long count) {
		}

	}

}
