package io.github.springxhr;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springxhr.event.Event;
import io.github.springxhr.fetch.ConnectionUsage;
import io.github.springxhr.fetch.NetworkTransport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Several listeners as one, which never throws.
 */
final class XhrListeners implements XhrListener {

	private static final Log logger = LogFactory.getLog(XhrListener.class);

	private static final XhrListener NONE = new XhrListener() {
	};

	private static final ClassValue<AtomicBoolean> WARNED = new ClassValue<>() {

		@Override
		protected AtomicBoolean computeValue(Class<?> type) {
			return new AtomicBoolean();
		}

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
		each(factories, (factory) -> {
			XhrListener listener = factory.create(client, request);
			if (listener != null) {
				created.add(listener);
			}
		});
		return created.isEmpty() ? NONE : new XhrListeners(created);
	}

	/**
	 * Tell of a client that has been built over a transport. What is handed out does not
	 * keep the transport alive.
	 */
	static void built(List<Factory> factories, String client, NetworkTransport transport) {
		WeakReference<NetworkTransport> reference = new WeakReference<>(transport);
		each(factories, (factory) -> factory.built(client, () -> connections(reference.get())));
	}

	private static Connections connections(@Nullable NetworkTransport transport) {
		ConnectionUsage usage = (transport != null) ? transport.connectionUsage() : ConnectionUsage.NONE;
		return new Connections(usage.active(), usage.idle(), usage.pending());
	}

	static void cookiesEvicted(List<Factory> factories, String client, long count) {
		each(factories, (factory) -> factory.cookiesEvicted(client, count));
	}

	@Override
	public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
		each(this.listeners, (listener) -> listener.eventFired(upload, type, loaded, total));
	}

	@Override
	public @Nullable ExchangeListener sent(Sending sending) {
		List<ExchangeListener> created = new ArrayList<>(this.listeners.size());
		each(this.listeners, (listener) -> {
			ExchangeListener exchange = listener.sent(sending);
			if (exchange != null) {
				created.add(exchange);
			}
		});
		return created.isEmpty() ? null : new ExchangeListeners(created, followers(created));
	}

	/**
	 * Return those who want to be told of hops, most often nobody.
	 */
	private static List<ExchangeListener> followers(List<ExchangeListener> listeners) {
		List<ExchangeListener> followers = List.of();
		for (ExchangeListener listener : listeners) {
			if (wantsHops(listener)) {
				followers = followers.isEmpty() ? new ArrayList<>(1) : followers;
				followers.add(listener);
			}
		}
		return followers;
	}

	private static boolean wantsHops(ExchangeListener listener) {
		try {
			return listener.wantsHops();
		}
		catch (Throwable ex) {
			logger.warn("The request listener " + listener.getClass().getName() + " failed", ex);
			return false;
		}
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

	/** What is written by others may be {@code null} whatever we declare. */
	private static boolean isMissing(@Nullable Object value) {
		return value == null;
	}

	/** Once for each class. */
	private static void warnOfNull(ExchangeListener listener, String method) {
		if (WARNED.get(listener.getClass()).compareAndSet(false, true)) {
			logger.warn("The request listener " + listener.getClass().getName() + " returns null from " + method
					+ ", which is taken as nothing");
		}
	}

	private record ExchangeListeners(List<ExchangeListener> listeners,
			List<ExchangeListener> followers) implements ExchangeListener {

		@Override
		public Scope open() {
			Scope all = Scope.NONE;
			for (ExchangeListener listener : this.listeners) {
				Scope scope = openSafely(listener);
				all = (all == Scope.NONE) ? scope : join(scope, all);
			}
			return all;
		}

		private static Scope openSafely(ExchangeListener listener) {
			try {
				Scope scope = listener.open();
				if (isMissing(scope)) {
					warnOfNull(listener, "open()");
					return Scope.NONE;
				}
				return (scope == Scope.NONE) ? scope : () -> each(List.of(scope), Scope::close);
			}
			catch (Throwable ex) {
				logger.warn("The request listener " + listener.getClass().getName() + " failed", ex);
				return Scope.NONE;
			}
		}

		private static Scope join(Scope inner, Scope outer) {
			return (inner == Scope.NONE) ? outer : () -> {
				inner.close();
				outer.close();
			};
		}

		@Override
		public Map<Object, Object> context() {
			Map<Object, Object> all = Map.of();
			for (ExchangeListener listener : this.listeners) {
				all = join(all, contextSafely(listener));
			}
			return all;
		}

		private static Map<Object, Object> contextSafely(ExchangeListener listener) {
			try {
				return withoutNulls(listener, listener.context());
			}
			catch (Throwable ex) {
				logger.warn("The request listener " + listener.getClass().getName() + " failed", ex);
				return Map.of();
			}
		}

		private static Map<Object, Object> withoutNulls(ExchangeListener listener,
				@Nullable Map<Object, @Nullable Object> context) {
			if (context == null) {
				warnOfNull(listener, "context()");
				return Map.of();
			}
			Map<Object, Object> present = new HashMap<>(context);
			present.entrySet().removeIf((entry) -> isMissing(entry.getKey()) || isMissing(entry.getValue()));
			if (present.size() < context.size()) {
				warnOfNull(listener, "context()");
			}
			return present;
		}

		private static Map<Object, Object> join(Map<Object, Object> some, Map<Object, Object> others) {
			if (some.isEmpty() || others.isEmpty()) {
				return some.isEmpty() ? others : some;
			}
			Map<Object, Object> all = new HashMap<>(some);
			all.putAll(others);
			return all;
		}

		@Override
		public void fetching() {
			each(this.listeners, ExchangeListener::fetching);
		}

		@Override
		public void redirected() {
			each(this.listeners, ExchangeListener::redirected);
		}

		@Override
		public void preflight(Preflight preflight) {
			each(this.listeners, (listener) -> listener.preflight(preflight));
		}

		@Override
		public void retried() {
			each(this.listeners, ExchangeListener::retried);
		}

		@Override
		public void headersReceived(int status) {
			each(this.listeners, (listener) -> listener.headersReceived(status));
		}

		@Override
		public boolean wantsHops() {
			return !this.followers.isEmpty();
		}

		@Override
		public void hops(List<XhrHop> hops) {
			each(this.followers, (listener) -> listener.hops(hops));
		}

		@Override
		public void ending(Result result) {
			each(this.listeners, (listener) -> listener.ending(result));
		}

		@Override
		public void ended(Result result) {
			each(this.listeners, (listener) -> listener.ended(result));
		}

	}

}
