package io.github.springxhr.webclient;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Connections that are made anew when the TLS settings have been replaced. The ones
 * before are closed when the last exchange on them, or waiting for one, has ended.
 *
 * <h2>Concurrency</h2> Called from any thread. An exchange holds on to the connections it
 * is sent over, so that they are not closed between the choice and the use.
 */
final class ReloadedConnections implements ConnectionSource {

	private final ReloadableTls tls;

	private final Function<TlsMaterial, Connections> maker;

	private volatile Generation current;

	/** Guarded by this. Nobody would close what is made afterwards. */
	private boolean closed;

	ReloadedConnections(ReloadableTls tls, Function<TlsMaterial, Connections> maker) {
		this.tls = tls;
		this.maker = maker;
		this.current = new Generation(tls.material());
	}

	@Override
	public ClientHttpConnector connector() {
		return (method, uri, callback) -> Mono.deferContextual((context) -> {
			Generation generation = hold();
			WebClientExchange.from(context).holds(generation::release);
			return generation.connections.connector().connect(method, uri, callback);
		});
	}

	private Generation hold() {
		Generation generation = newest();
		while (!generation.hold()) {
			generation = newest();
		}
		return generation;
	}

	private Generation newest() {
		Generation generation = this.current;
		return (generation.material == this.tls.material()) ? generation : renew();
	}

	private synchronized Generation renew() {
		Generation old = this.current;
		TlsMaterial material = this.tls.material();
		if (!this.closed && old.material != material) {
			this.current = new Generation(material);
			old.release();
		}
		return this.current;
	}

	@Override
	public boolean isFull() {
		return this.current.connections.isFull();
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.current.connections.close();
	}

	/**
	 * Connections that were made with the same material.
	 */
	private final class Generation {

		private final TlsMaterial material;

		private final Connections connections;

		/** The exchanges that hold on to it, and one for being the newest. */
		private final AtomicInteger holders = new AtomicInteger(1);

		Generation(TlsMaterial material) {
			this.material = material;
			this.connections = ReloadedConnections.this.maker.apply(material);
		}

		boolean hold() {
			return this.holders.getAndUpdate((count) -> (count > 0) ? count + 1 : 0) > 0;
		}

		void release() {
			if (this.holders.decrementAndGet() == 0) {
				this.connections.close();
			}
		}

	}

}
