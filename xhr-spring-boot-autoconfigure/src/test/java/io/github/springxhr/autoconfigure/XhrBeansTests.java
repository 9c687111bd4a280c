package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.cookie.CookieStore;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.HeaderList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans of the application that become part of a client.
 */
@ExtendWith(OutputCaptureExtension.class)
class XhrBeansTests {

	private static final Script COOKIE = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello", "Set-Cookie: id=1")));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, XhrAutoConfiguration.class))
		.withPropertyValues("xhr.timeout=7s", "xhr.clients.order-service.timeout=8s", "xhr.clients.stock.timeout=9s");

	private final ApplicationContextRunner withCookies = this.runner.withPropertyValues("xhr.cookies.enabled=true",
			"xhr.clients.order-service.cookies.enabled=true", "xhr.clients.stock.cookies.enabled=true");

	@Test
	void customizersAreCalledInOrderForEachClientAfterItsProperties() {
		this.runner.withUserConfiguration(CustomizersConfiguration.class).run((context) -> {
			assertThat(context.getBean(CustomizersConfiguration.class).calls).containsExactlyInAnyOrder(
					"first order-service", "second order-service", "first stock", "second stock", "first default",
					"second default");
			assertThat(context.getBean(CustomizersConfiguration.class).calls).containsSubsequence("first stock",
					"second stock");
			assertThat(timeout(client(context, "stock"))).isEqualTo(2000);
			assertThat(timeout(client(context, "order-service"))).isEqualTo(8000);
			assertThat(timeout(context.getBean(XhrFactory.class))).isEqualTo(7000);
		});
	}

	@Test
	void aCustomizerComesAfterTheBeans() {
		CookieStore bean = new InMemoryCookieStore();
		InMemoryCookieStore customized = new InMemoryCookieStore();
		this.withCookies.withBean("cookies", CookieStore.class, () -> bean)
			.withBean(XhrCustomizer.class, () -> (client, builder) -> builder.cookieStore(customized))
			.run((context) -> {
				get(context.getBean(XhrFactory.class));
				assertThat(customized.size()).isOne();
			});
	}

	@Test
	void aCookieStoreWithoutQualifierIsTheDefaultClientsAlone() {
		InMemoryCookieStore store = new InMemoryCookieStore();
		this.withCookies.withBean("cookies", CookieStore.class, () -> store).run((context) -> {
			get(client(context, "order-service"));
			get(client(context, "stock"));
			assertThat(store.size()).isZero();
			get(context.getBean(XhrFactory.class));
			assertThat(store.size()).isOne();
		});
	}

	@Test
	void aCookieStoreIsForTheClientOfItsQualifierOrName() {
		this.withCookies.withUserConfiguration(StoresConfiguration.class).run((context) -> {
			InMemoryCookieStore qualified = context.getBean("one", InMemoryCookieStore.class);
			InMemoryCookieStore named = context.getBean("orderServiceCookieStore", InMemoryCookieStore.class);
			get(context.getBean(XhrFactory.class));
			assertThat(List.of(qualified.size(), named.size())).containsExactly(0, 0);
			get(client(context, "stock"));
			assertThat(List.of(qualified.size(), named.size())).containsExactly(1, 0);
			get(client(context, "order-service"));
			assertThat(List.of(qualified.size(), named.size())).containsExactly(1, 1);
		});
	}

	@Test
	void aCookieStoreThatIsNotUsedIsWarnedOf(CapturedOutput output) {
		InMemoryCookieStore store = new InMemoryCookieStore();
		this.runner.withBean("stockCookieStore", CookieStore.class, () -> store).run((context) -> {
			get(client(context, "stock"));
			assertThat(store.size()).isZero();
			assertThat(output).containsOnlyOnce("The XHR client 'stock' does not use its CookieStore, as "
					+ "'xhr.clients.stock.cookies.enabled' is not true");
		});
	}

	@Test
	void ofSeveralStoresForTheDefaultClientOneHasToBePrimary() {
		this.withCookies.withBean("one", CookieStore.class, InMemoryCookieStore::new)
			.withBean("two", CookieStore.class, InMemoryCookieStore::new)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("one,two"));
		this.withCookies.withUserConfiguration(PrimaryConfiguration.class).run((context) -> {
			get(context.getBean(XhrFactory.class));
			assertThat(context.getBean("two", InMemoryCookieStore.class).size()).isOne();
		});
	}

	@Test
	void aTransportIsForTheClientOfItsQualifierOrNameOrTheDefaultOne() {
		this.runner.withUserConfiguration(TransportsConfiguration.class).run((context) -> {
			assertThat(status(client(context, "stock"))).isEqualTo(201);
			assertThat(status(client(context, "order-service"))).isEqualTo(202);
			assertThat(status(context.getBean(XhrFactory.class))).isEqualTo(203);
		});
		this.runner.withBean("any", NetworkTransport.class, () -> new FixedTransport(204))
			.run((context) -> assertThat(get(client(context, "stock")).getResponseText()).isEqualTo("hello"));
	}

	@Test
	void aBeanThatIsNoCandidateIsLeftAlone() {
		this.runner.withUserConfiguration(NoCandidatesConfiguration.class).run((context) -> {
			assertThat(get(context.getBean(XhrFactory.class)).getResponseText()).isEqualTo("hello");
			assertThat(get(client(context, "stock")).getResponseText()).isEqualTo("hello");
		});
	}

	@Test
	void aFactoryThatIsNamedAsAClientIsThatClientAndNotTheDefaultOne() {
		this.runner.withUserConfiguration(StockConfiguration.class).run((context) -> {
			assertThat(context.getBean(XhrFactories.class).get("stock").getName()).isEqualTo("mine");
			assertThat(context.getBean(Holder.class).stock().getName()).isEqualTo("mine");
			assertThat(context.getBean(XhrFactory.class).getName()).isEqualTo("default");
		});
	}

	private static XhrFactory client(ApplicationContext context, String name) {
		return context.getBean(XhrFactories.class).get(name);
	}

	private static int timeout(XhrFactory factory) {
		return Math.toIntExact(factory.create().getTimeout());
	}

	private static XMLHttpRequest get(XhrFactory factory) throws InterruptedException {
		try (FaultServer server = FaultServer.start(COOKIE)) {
			return Requests.get(factory, server.url("/"));
		}
	}

	private static int status(XhrFactory factory) throws InterruptedException {
		return Requests.get(factory, "http://127.0.0.1:1/").getStatus();
	}

	/**
	 * Answers each request with the same status, without any network.
	 *
	 * @param status the status
	 */
	private record FixedTransport(int status) implements NetworkTransport {

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			handler.responseHead(this.status, "", new HeaderList());
			handler.bodyEnd();
			return new NetworkExchange() {

				@Override
				public void request(long chunks) {
				}

				@Override
				public void cancel() {
				}

			};
		}

		@Override
		public void close() {
		}

	}

	record Holder(XhrFactory stock) {

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizersConfiguration {

		final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		XhrCustomizer second() {
			return (client, builder) -> {
				this.calls.add("second " + client);
				if (client.equals("stock")) {
					builder.timeout(Duration.ofSeconds(2));
				}
			};
		}

		@Bean
		@Order(1)
		XhrCustomizer first() {
			return (client, builder) -> {
				this.calls.add("first " + client);
				if (client.equals("stock")) {
					builder.timeout(Duration.ofSeconds(1));
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StoresConfiguration {

		@Bean
		@Qualifier("stock")
		InMemoryCookieStore one() {
			return new InMemoryCookieStore();
		}

		@Bean
		InMemoryCookieStore orderServiceCookieStore() {
			return new InMemoryCookieStore();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryConfiguration {

		@Bean
		InMemoryCookieStore one() {
			return new InMemoryCookieStore();
		}

		@Bean
		@Primary
		InMemoryCookieStore two() {
			return new InMemoryCookieStore();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TransportsConfiguration {

		@Bean
		@Qualifier("stock")
		NetworkTransport one() {
			return new FixedTransport(201);
		}

		@Bean
		NetworkTransport orderServiceNetworkTransport() {
			return new FixedTransport(202);
		}

		@Bean
		NetworkTransport any() {
			return new FixedTransport(203);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoCandidatesConfiguration {

		@Bean(defaultCandidate = false)
		NetworkTransport one() {
			return new FixedTransport(201);
		}

		@Bean(autowireCandidate = false)
		NetworkTransport stockNetworkTransport() {
			return new FixedTransport(202);
		}

		@Bean
		@Qualifier("other")
		NetworkTransport three() {
			return new FixedTransport(203);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StockConfiguration {

		@Bean
		XhrFactory stockXhrFactory() {
			return XhrFactory.builder(WebClient.builder()).name("mine").build();
		}

		@Bean
		Holder holder(@Qualifier("stock") XhrFactory stock) {
			return new Holder(stock);
		}

	}

}
