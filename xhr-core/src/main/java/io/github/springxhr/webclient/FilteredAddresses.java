package io.github.springxhr.webclient;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;

/**
 * Resolves host names through another resolver and leaves out the addresses that a filter
 * refuses, before any of them is connected to. What is checked is what is connected to,
 * so a name whose addresses change between two look-ups gains nothing.
 * <p>
 * An address in the URL itself counts as not resolved here, so that it is checked too. An
 * IPv4 address in the clothes of an IPv6 one is shown to the filter as what it is.
 */
final class FilteredAddresses extends AddressResolverGroup<InetSocketAddress> {

	private final Predicate<InetAddress> filter;

	private final Supplier<AddressResolverGroup<?>> resolvers;

	FilteredAddresses(Predicate<InetAddress> filter, Supplier<AddressResolverGroup<?>> resolvers) {
		this.filter = filter;
		this.resolvers = resolvers;
	}

	@Override
	@SuppressWarnings("unchecked")
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new Resolver(executor, (AddressResolver<SocketAddress>) this.resolvers.get().getResolver(executor));
	}

	private boolean isAllowed(InetAddress address) throws UnknownHostException {
		InetAddress plain = (address instanceof Inet6Address) ? InetAddress.getByAddress(address.getAddress())
				: address;
		return this.filter.test((plain instanceof Inet4Address) ? plain : address);
	}

	private List<InetSocketAddress> allowed(InetSocketAddress asked, List<? extends SocketAddress> resolved)
			throws Exception {
		List<InetSocketAddress> allowed = new ArrayList<>(resolved.size());
		for (SocketAddress candidate : resolved) {
			if (candidate instanceof InetSocketAddress address && isAllowed(address.getAddress())) {
				allowed.add(address);
			}
		}
		if (allowed.isEmpty()) {
			throw new AddressBlockedException(asked.getHostString());
		}
		return allowed;
	}

	/**
	 * Resolves for one event loop. The resolver behind it is shared, and not ours to
	 * close.
	 */
	private final class Resolver extends AbstractAddressResolver<InetSocketAddress> {

		private final AddressResolver<SocketAddress> delegate;

		Resolver(EventExecutor executor, AddressResolver<SocketAddress> delegate) {
			super(executor, InetSocketAddress.class);
			this.delegate = delegate;
		}

		@Override
		protected boolean doIsResolved(InetSocketAddress address) {
			return false;
		}

		@Override
		protected void doResolve(InetSocketAddress asked, Promise<InetSocketAddress> promise) {
			resolveAll(asked).addListener((FutureListener<List<InetSocketAddress>>) (all) -> {
				if (all.isSuccess()) {
					promise.trySuccess(all.getNow().get(0));
				}
				else {
					promise.tryFailure(all.cause());
				}
			});
		}

		@Override
		protected void doResolveAll(InetSocketAddress asked, Promise<List<InetSocketAddress>> promise) {
			Future<List<SocketAddress>> resolved = this.delegate.resolveAll(asked);
			resolved.addListener((FutureListener<List<SocketAddress>>) (all) -> {
				try {
					if (all.isSuccess()) {
						promise.trySuccess(allowed(asked, all.getNow()));
					}
					else {
						promise.tryFailure(all.cause());
					}
				}
				catch (Throwable ex) {
					promise.tryFailure(ex);
				}
			});
		}

	}

}
