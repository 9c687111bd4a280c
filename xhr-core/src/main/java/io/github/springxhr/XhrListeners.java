package io.github.springxhr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.springxhr.event.Event;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Several listeners as one, which never throws.
 */
final class XhrListeners implements XhrListener {

	private static final Log logger = LogFactory.getLog(XhrListener.class);

	private static final XhrListener NONE = new XhrListener() {
	};

	private final List<XhrListener> listeners;

	private XhrListeners(List<XhrListener> listeners) {
		this.listeners = listeners;
	}

	static XhrListener create(List<Factory> factories, String client, XMLHttpRequest request) {
		if (factories.isEmpty()) {
			return NONE;
		}
		List<XhrListener> created = new ArrayList<>(factories.size());
		each(factories, (factory) -> created.add(factory.create(client, request)));
		return new XhrListeners(created);
	}

	@Override
	public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
		each(this.listeners, (listener) -> listener.eventFired(upload, type, loaded, total));
	}

	@Override
	public ExchangeListener sent(Sending sending) {
		List<ExchangeListener> created = new ArrayList<>(this.listeners.size());
		each(this.listeners, (listener) -> {
			ExchangeListener exchange = listener.sent(sending);
			if (exchange != null) {
				created.add(exchange);
			}
		});
		return new ExchangeListeners(created);
	}

	@Override
	public void headerIgnored(String name) {
		each(this.listeners, (listener) -> listener.headerIgnored(name));
	}

	@Override
	public void listenerFailed(Event event, Throwable failure) {
		each(this.listeners, (listener) -> listener.listenerFailed(event, failure));
	}

	private static <T> void each(List<T> listeners, Consumer<T> call) {
		for (T listener : listeners) {
			try {
				call.accept(listener);
			}
			catch (Throwable ex) {
				logger.warn("The request listener " + listener.getClass().getName() + " failed", ex);
			}
		}
	}

	private record ExchangeListeners(List<ExchangeListener> listeners) implements ExchangeListener {

		@Override
		public void headersReceived(int status) {
			each(this.listeners, (listener) -> listener.headersReceived(status));
		}

		@Override
		public void ended(Result result) {
			each(this.listeners, (listener) -> listener.ended(result));
		}

	}

}
