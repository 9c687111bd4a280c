package io.github.springxhr;

import io.github.springxhr.event.AbstractEventTarget;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.EventListener;
import io.github.springxhr.event.ProgressEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The event handlers of a request or its upload.
 */
abstract class XhrEventTarget extends AbstractEventTarget implements XMLHttpRequestEventTarget {

	private static final Log logger = LogFactory.getLog(XMLHttpRequest.class);

	/**
	 * Return the listener that is told of failures.
	 */
	abstract XhrListener xhrListener();

	/**
	 * Return the lane in which listeners run.
	 */
	abstract Lane lane();

	@Override
	public final boolean dispatchEvent(Event event) {
		return lane().call(() -> super.dispatchEvent(event));
	}

	@Override
	protected final void listenerFailed(Event event, Throwable failure) {
		if (failure instanceof InterruptedException) {
			Thread.currentThread().interrupt();
		}
		logger.warn("A listener of the event '" + event.getType() + "' failed", failure);
		xhrListener().listenerFailed(event, failure);
	}

	@Override
	public final @Nullable EventListener<ProgressEvent> getOnloadstart() {
		return getHandler("loadstart");
	}

	@Override
	public final void setOnloadstart(@Nullable EventListener<ProgressEvent> handler) {
		setHandler("loadstart", handler);
	}

	@Override
	public final @Nullable EventListener<ProgressEvent> getOnprogress() {
		return getHandler("progress");
	}

	@Override
	public final void setOnprogress(@Nullable EventListener<ProgressEvent> handler) {
		setHandler("progress", handler);
	}

	@Override
	public final @Nullable EventListener<ProgressEvent> getOnabort() {
		return getHandler("abort");
	}

	@Override
	public final void setOnabort(@Nullable EventListener<ProgressEvent> handler) {
		setHandler("abort", handler);
	}

	@Override
	public final @Nullable EventListener<ProgressEvent> getOnerror() {
		return getHandler("error");
	}

	@Override
	public final void setOnerror(@Nullable EventListener<ProgressEvent> handler) {
		setHandler("error", handler);
	}

	@Override
	public final @Nullable EventListener<ProgressEvent> getOnload() {
		return getHandler("load");
	}

	@Override
	public final void setOnload(@Nullable EventListener<ProgressEvent> handler) {
		setHandler("load", handler);
	}

	@Override
	public final @Nullable EventListener<ProgressEvent> getOntimeout() {
		return getHandler("timeout");
	}

	@Override
	public final void setOntimeout(@Nullable EventListener<ProgressEvent> handler) {
		setHandler("timeout", handler);
	}

	@Override
	public final @Nullable EventListener<ProgressEvent> getOnloadend() {
		return getHandler("loadend");
	}

	@Override
	public final void setOnloadend(@Nullable EventListener<ProgressEvent> handler) {
		setHandler("loadend", handler);
	}

	/**
	 * The upload object.
	 */
	static final class Upload extends XhrEventTarget implements XMLHttpRequestUpload {

		private final XhrEventTarget request;

		Upload(XhrEventTarget request) {
			this.request = request;
		}

		@Override
		XhrListener xhrListener() {
			return this.request.xhrListener();
		}

		@Override
		Lane lane() {
			return this.request.lane();
		}

	}

}
