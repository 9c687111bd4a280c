package io.github.springxhr.webclient;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Supplier;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

/**
 * Resolves host names through the resolver that there is at the time. The HTTP client
 * would keep the one that it has used first for a host, and it asks name servers from an
 * event loop of its own: once Spring has shut the event loops down, as it does when an
 * application stops or is to start again, that one never answers.
 */
final class CurrentAddresses extends AddressResolverGroup<InetSocketAddress> {

	private final Supplier<AddressResolverGroup<?>> resolvers;

	CurrentAddresses(Supplier<AddressResolverGroup<?>> resolvers) {
		this.resolvers = resolvers;
	}

	@Override
	@SuppressWarnings("unchecked")
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new Resolver((AddressResolver<InetSocketAddress>) this.resolvers.get().getResolver(executor));
	}

	/**
	 * Resolves for one event loop. The resolver behind it is shared, and not ours to
	 * close.
	 */
	private record Resolver(AddressResolver<InetSocketAddress> delegate) implements AddressResolver<InetSocketAddress> {

		@Override
		public boolean isSupported(SocketAddress address) {
			return this.delegate.isSupported(address);
		}

		@Override
		public boolean isResolved(SocketAddress address) {
			return this.delegate.isResolved(address);
		}

		@Override
		public Future<InetSocketAddress> resolve(SocketAddress address) {
			return this.delegate.resolve(address);
		}

		@Override
		public Future<InetSocketAddress> resolve(SocketAddress address, Promise<InetSocketAddress> promise) {
			return this.delegate.resolve(address, promise);
		}

		@Override
		public Future<List<InetSocketAddress>> resolveAll(SocketAddress address) {
			return this.delegate.resolveAll(address);
		}

		@Override
		public Future<List<InetSocketAddress>> resolveAll(SocketAddress address,
				Promise<List<InetSocketAddress>> promise) {
			return this.delegate.resolveAll(address, promise);
		}

		@Override
		public void close() {
		}

	}

}
