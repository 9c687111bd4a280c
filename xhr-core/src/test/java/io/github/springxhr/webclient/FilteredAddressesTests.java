package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class FilteredAddressesTests {

	private final EventExecutor executor = new DefaultEventExecutor();

	@AfterEach
	void close() throws InterruptedException {
		this.executor.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
	}

	private FilteredAddresses filtered(Predicate<InetAddress> filter, String... addresses) {
		return new FilteredAddresses(filter, () -> new FixedResolvers(addresses));
	}

	private Future<List<InetSocketAddress>> resolve(FilteredAddresses filtered) throws InterruptedException {
		return filtered.getResolver(this.executor)
			.resolveAll(InetSocketAddress.createUnresolved("some.test", 80))
			.await();
	}

	@Test
	void leavesOutOneOfSeveralAddresses() throws InterruptedException {
		FilteredAddresses filtered = filtered((address) -> !address.isLoopbackAddress(), "127.0.0.1", "192.0.2.1",
				"::1", "192.0.2.2");
		assertThat(resolve(filtered).getNow()).extracting((address) -> address.getAddress().getHostAddress())
			.containsExactly("192.0.2.1", "192.0.2.2");
	}

	@Test
	void firstAllowedAddressIsThatOfTheHost() throws InterruptedException {
		FilteredAddresses filtered = filtered((address) -> !address.isLoopbackAddress(), "127.0.0.1", "192.0.2.1");
		Future<InetSocketAddress> resolved = filtered.getResolver(this.executor)
			.resolve(InetSocketAddress.createUnresolved("some.test", 80))
			.await();
		assertThat(resolved.getNow().getAddress().getHostAddress()).isEqualTo("192.0.2.1");
	}

	@Test
	void failsIfNoneIsLeft() throws InterruptedException {
		assertThat(resolve(filtered((address) -> false, "127.0.0.1", "192.0.2.1")).cause())
			.isInstanceOf(AddressBlockedException.class)
			.hasMessageContaining("'some.test'")
			.hasMessageNotContaining("192");
	}

	@Test
	void leavesTheResolverBehindItOpen() throws InterruptedException {
		FixedResolvers resolvers = new FixedResolvers("192.0.2.1");
		FilteredAddresses filtered = new FilteredAddresses((address) -> true, () -> resolvers);
		resolve(filtered);
		filtered.close();
		assertThat(resolve(new FilteredAddresses((address) -> true, () -> resolvers)).isSuccess()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.2, '127.0.0.2,127.0.0.1', 1", "127.0.0.2, '127.0.0.1,127.0.0.2', 1",
			"127.0.0.1, '127.0.0.1,127.0.0.2', 0", "127.0.0.1, '127.0.0.2,127.0.0.1', 0", "127.0.0.1, '127.0.0.1', 0" })
	void refusedOneOfSeveralIsNotConnectedTo(String refused, String addresses, int connections)
			throws InterruptedException {
		WebClientTransport transport = new WebClientTransport(WebClient.builder(),
				new TransportSettings("test", Duration.ofSeconds(10), false,
						(address) -> !address.getHostAddress().equals(refused)),
				(client) -> client.resolver(new FixedResolvers(addresses.split(","))));
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().send(Responses.ok("x")));
				XhrFactory factory = XhrFactory.builder(WebClient.builder()).transport(transport).build()) {
			XMLHttpRequest xhr = factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("some.test", "/"));
			xhr.send();
			log.awaitEnd();
			assertThat(xhr.getStatus()).isEqualTo(200 * connections);
			assertThat(server.connectionsAccepted()).isEqualTo(connections);
		}
	}

	/**
	 * Knows the same addresses for each name, until it is closed.
	 */
	static final class FixedResolvers extends AddressResolverGroup<InetSocketAddress> {

		private final List<String> addresses;

		FixedResolvers(String... addresses) {
			this.addresses = List.of(addresses);
		}

		@Override
		protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
			return new InetNameResolver(executor) {

				private boolean closed;

				@Override
				protected void doResolve(String host, Promise<InetAddress> promise) throws Exception {
					promise.setSuccess(all().get(0));
				}

				@Override
				protected void doResolveAll(String host, Promise<List<InetAddress>> promise) throws Exception {
					promise.setSuccess(all());
				}

				private List<InetAddress> all() throws Exception {
					if (this.closed) {
						throw new IllegalStateException("closed");
					}
					InetAddress[] all = new InetAddress[FixedResolvers.this.addresses.size()];
					for (int i = 0; i < all.length; i++) {
						all[i] = InetAddress.getByName(FixedResolvers.this.addresses.get(i));
					}
					return Arrays.asList(all);
				}

				@Override
				public void close() {
					this.closed = true;
				}
			}.asAddressResolver();
		}

	}

}
