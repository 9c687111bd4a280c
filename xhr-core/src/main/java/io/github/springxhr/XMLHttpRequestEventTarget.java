package io.github.springxhr;

import io.github.springxhr.event.EventListener;
import io.github.springxhr.event.EventTarget;
import io.github.springxhr.event.ProgressEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a request and its upload have in common: the event handlers. A handler is called
 * among the listeners in the place it got when it was first set; set it to {@code null}
 * to remove it.
 *
 * @since 0.1.0
 * @see <a href="https://xhr.spec.whatwg.org/#event-handlers">XMLHttpRequest Standard,
 * event handlers</a>
 */
public interface XMLHttpRequestEventTarget extends EventTarget {

	/**
	 * Return the handler of {@code loadstart}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<ProgressEvent> getOnloadstart();

	/**
	 * Set the handler of {@code loadstart}: the fetch begins.
	 * @param handler the handler, or {@code null}
	 */
	void setOnloadstart(@Nullable EventListener<ProgressEvent> handler);

	/**
	 * Return the handler of {@code progress}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<ProgressEvent> getOnprogress();

	/**
	 * Set the handler of {@code progress}: bytes were transferred. Called for the first
	 * bytes, about every 50 ms, and when all were transferred.
	 * @param handler the handler, or {@code null}
	 */
	void setOnprogress(@Nullable EventListener<ProgressEvent> handler);

	/**
	 * Return the handler of {@code abort}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<ProgressEvent> getOnabort();

	/**
	 * Set the handler of {@code abort}: the request was aborted.
	 * @param handler the handler, or {@code null}
	 */
	void setOnabort(@Nullable EventListener<ProgressEvent> handler);

	/**
	 * Return the handler of {@code error}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<ProgressEvent> getOnerror();

	/**
	 * Set the handler of {@code error}: the request failed.
	 * @param handler the handler, or {@code null}
	 */
	void setOnerror(@Nullable EventListener<ProgressEvent> handler);

	/**
	 * Return the handler of {@code load}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<ProgressEvent> getOnload();

	/**
	 * Set the handler of {@code load}: the transfer succeeded, whatever the status.
	 * @param handler the handler, or {@code null}
	 */
	void setOnload(@Nullable EventListener<ProgressEvent> handler);

	/**
	 * Return the handler of {@code timeout}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<ProgressEvent> getOntimeout();

	/**
	 * Set the handler of {@code timeout}: the time allowed has passed.
	 * @param handler the handler, or {@code null}
	 */
	void setOntimeout(@Nullable EventListener<ProgressEvent> handler);

	/**
	 * Return the handler of {@code loadend}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<ProgressEvent> getOnloadend();

	/**
	 * Set the handler of {@code loadend}: the request has come to its end, in whichever
	 * way. It is the last event.
	 * @param handler the handler, or {@code null}
	 */
	void setOnloadend(@Nullable EventListener<ProgressEvent> handler);

}
