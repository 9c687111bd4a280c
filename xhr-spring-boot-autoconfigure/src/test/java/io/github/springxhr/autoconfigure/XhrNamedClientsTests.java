package io.github.springxhr.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The beans of the named clients.
 */
class XhrNamedClientsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withPropertyValues("xhr.clients.order-service.timeout=1s", "xhr.clients.billing.timeout=2s");

	@Test
	void eachIsABeanWithItsName() {
		this.runner.run((context) -> {
			assertThat(context.getBean("orderServiceXhrFactory", XhrFactory.class).getName())
				.isEqualTo("order-service");
			assertThat(context.getBean("billingXhrFactory", XhrFactory.class).getName()).isEqualTo("billing");
		});
	}

	@Test
	void areInjectedByTheirQualifierAndTheDefaultOneWithout() {
		this.runner.withUserConfiguration(ServiceConfiguration.class).run((context) -> {
			Service service = context.getBean(Service.class);
			assertThat(service.orders().getName()).isEqualTo("order-service");
			assertThat(service.billing().getName()).isEqualTo("billing");
			assertThat(service.plain().getName()).isEqualTo("default");
		});
	}

	@Test
	void theDefaultOneIsTheOneThatIsFoundByType() {
		this.runner
			.run((context) -> assertThat(context.getBean(XhrFactory.class)).isSameAs(context.getBean("xhrFactory")));
	}

	@Test
	void areLookedUpByName() {
		this.runner.run((context) -> {
			XhrFactories factories = context.getBean(XhrFactories.class);
			assertThat(factories.names()).containsExactly("order-service", "billing");
			assertThat(factories.get("order-service")).isSameAs(context.getBean("orderServiceXhrFactory"));
		});
	}

	@Test
	void anUnknownNameIsAnsweredWithTheKnownOnes() {
		this.runner.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(XhrFactories.class).get("oders"))
			.withMessage("There is no XHR client 'oders'; the named clients are [order-service, billing]"));
	}

	@Test
	void namesCannotBeChanged() {
		this.runner.run((context) -> assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> context.getBean(XhrFactories.class).names().clear()));
	}

	@Test
	void thereMayBeNone() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(XhrFactories.class).names()).isEmpty());
	}

	@Test
	void theUsersBeanOfThatNameWins() {
		this.runner.withUserConfiguration(BillingConfiguration.class).run((context) -> {
			assertThat(context.getBean(XhrFactories.class).get("billing").getName()).isEqualTo("mine");
			assertThat(context.getBean(XhrFactory.class).getName()).isEqualTo("default");
		});
	}

	@Test
	void areClosedWithTheContext() throws InterruptedException {
		List<XhrFactory> factories = new ArrayList<>();
		this.runner.run((context) -> factories.add(context.getBean(XhrFactories.class).get("billing")));
		XMLHttpRequest request = Requests.get(factories.get(0), "http://127.0.0.1/");
		assertThat(request.getFailure()).isNotNull();
		assertThat(request.getFailure().kind()).isEqualTo(FailureKind.CLOSED);
	}

	@Test
	void areMadeWhenFirstAskedForIfBeansAreLazy() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton("billingXhrFactory")).isFalse();
				assertThat(context.getBean(XhrFactories.class).get("billing").getName()).isEqualTo("billing");
			});
	}

	@Test
	void anEnvironmentVariableIsAboutTheClientOfTheFile() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("XHR_CLIENTS_ORDERSERVICE_TIMEOUT", "3s"))))
			.run((context) -> {
				XhrFactories factories = context.getBean(XhrFactories.class);
				assertThat(factories.names()).containsExactlyInAnyOrder("order-service", "billing");
				assertThat(factories.get("order-service").create().getTimeout()).isEqualTo(3000);
			});
	}

	@Test
	void placeholdersAreResolved() {
		this.runner.withPropertyValues("wait=4s", "xhr.clients.billing.timeout=${wait}")
			.run((context) -> assertThat(context.getBean(XhrFactories.class).get("billing").create().getTimeout())
				.isEqualTo(4000));
	}

	record Service(XhrFactory plain, XhrFactory orders, XhrFactory billing) {

	}

	@Configuration(proxyBeanMethods = false)
	static class ServiceConfiguration {

		@Bean
		Service service(XhrFactory plain, @Qualifier("order-service") XhrFactory orders,
				@Qualifier("billing") XhrFactory billing) {
			return new Service(plain, orders, billing);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BillingConfiguration {

		@Bean(defaultCandidate = false)
		@Qualifier("billing")
		XhrFactory billingXhrFactory() {
			return XhrFactory.builder(WebClient.builder()).name("mine").build();
		}

	}

}
