package io.github.springxhr;

import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.JsonBinding;
import org.jspecify.annotations.Nullable;

/**
 * Hands its environment to the requests it makes.
 */
final class DefaultXhrFactory implements ManagedXhrFactory, JsonBinding {

	private final XhrEnvironment environment;

	private final NetworkTransport transport;

	private final SharedThreads threads;

	private final XhrClientDescription description;

	private final AtomicBoolean closed = new AtomicBoolean();

	DefaultXhrFactory(XhrEnvironment environment, NetworkTransport transport, SharedThreads threads,
			XhrClientDescription description) {
		this.description = description;
		this.environment = environment;
		this.transport = transport;
		this.threads = threads;
	}

	@Override
	public XMLHttpRequest create() {
		return new DefaultXMLHttpRequest(this.environment);
	}

	@Override
	public XMLHttpRequest create(XhrOptions options) {
		XMLHttpRequest request = create();
		request.init(options);
		return request;
	}

	@Override
	public String getName() {
		return this.environment.name();
	}

	@Override
	public byte[] write(@Nullable Object value) {
		return this.environment.json().write(value);
	}

	@Override
	public @Nullable Object read(byte[] bytes, Type type) {
		return this.environment.json().read(bytes, type);
	}

	@Override
	public List<XhrInFlight> getInFlight() {
		return this.environment.inFlight().list();
	}

	@Override
	public boolean abort(long id) {
		return this.environment.inFlight().abort(id);
	}

	@Override
	public XhrClientDescription describe() {
		return this.description;
	}

	@Override
	public void shutdownBegins() {
		this.environment.inFlight().shutdownBegins(this.environment.timers().nanoTime());
	}

	@Override
	public boolean drain() {
		return this.environment.inFlight()
			.drain(this.description.shutdownTimeout().toNanos(), this.environment.timers().nanoTime());
	}

	@Override
	public void disconnect() {
		this.environment.inFlight().abortAll();
		this.transport.disconnect();
	}

	@Override
	public void shutdownCancelled() {
		this.environment.inFlight().shutdownCancelled();
	}

	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		try {
			this.environment.inFlight()
				.close(this.description.shutdownTimeout().toNanos(), this.environment.timers().nanoTime());
		}
		finally {
			closeTransport();
		}
	}

	private void closeTransport() {
		try {
			this.transport.close();
		}
		finally {
			this.threads.release();
		}
	}

	@Override
	public String toString() {
		return "XhrFactory[" + getName() + "]";
	}

}
