package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.github.springxhr.fetch.NetworkTransport;
import io.netty.channel.socket.DatagramChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * A transport that is told the addresses of names.
 */
public final class ResolvedTransport {

	private ResolvedTransport() {
	}

	/**
	 * Make a transport.
	 * @param names finds the addresses of a name, at some time
	 * @param tls the TLS settings
	 * @return the transport, with a connect timeout of ten seconds
	 */
	public static NetworkTransport of(Function<String, CompletionStage<List<InetAddress>>> names, TlsSettings tls) {
		return of(resolver(names), tls);
	}

	/**
	 * Make a transport.
	 * @param resolver finds the addresses of a name
	 * @param tls the TLS settings
	 * @return the transport, with a connect timeout of ten seconds
	 */
	public static NetworkTransport of(AddressResolverGroup<InetSocketAddress> resolver, TlsSettings tls) {
		TransportSettings settings = new TransportSettings("resolved", Duration.ofSeconds(10), Duration.ZERO, false,
				null, PoolSettings.defaults(), null, new ReloadableTls(tls));
		return new WebClientTransport(WebClient.builder(), settings, (client) -> client.resolver(resolver));
	}

	/**
	 * Make the resolver that Netty has, which asks a server.
	 * @param nameServer the server
	 * @return the resolver, to be closed
	 */
	public static AddressResolverGroup<InetSocketAddress> asking(InetSocketAddress nameServer) {
		LoopResources loops = HttpResources.get();
		return new DnsAddressResolverGroup(new DnsNameResolverBuilder()
			.datagramChannelType(loops.onChannelClass(DatagramChannel.class, loops.onClient(true)))
			.nameServerProvider(new SingletonDnsServerAddressStreamProvider(nameServer)));
	}

	/**
	 * Make what any client of Reactor Netty takes.
	 * @param names finds the addresses of a name, at some time
	 * @return the resolver
	 */
	public static AddressResolverGroup<InetSocketAddress> resolver(
			Function<String, CompletionStage<List<InetAddress>>> names) {
		return new Group(names);
	}

	private static final class Group extends AddressResolverGroup<InetSocketAddress> {

		private final Function<String, CompletionStage<List<InetAddress>>> names;

		Group(Function<String, CompletionStage<List<InetAddress>>> names) {
			this.names = names;
		}

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new Names(executor, this.names).asAddressResolver();
		}

	}

	private static final class Names extends InetNameResolver {

		private final Function<String, CompletionStage<List<InetAddress>>> names;

		Names(EventExecutor executor, Function<String, CompletionStage<List<InetAddress>>> names) {
			super(executor);
			this.names = names;
		}

		@Override
		protected void doResolve(String name, Promise<InetAddress> promise) {
			this.names.apply(name).whenComplete((addresses, thrown) -> {
				if (thrown != null) {
					promise.tryFailure(thrown);
				}
				else if (addresses.isEmpty()) {
					promise.tryFailure(new UnknownHostException(name));
				}
				else {
					promise.trySuccess(addresses.get(0));
				}
			});
		}

		@Override
		protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
			this.names.apply(name).whenComplete((addresses, thrown) -> {
				if (thrown != null) {
					promise.tryFailure(thrown);
				}
				else {
					promise.trySuccess(new ArrayList<>(addresses));
				}
			});
		}

	}

}
