package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.observation.DefaultXhrObservationConvention;
import io.github.springxhr.observation.XhrMetricsListenerFactory;
import io.github.springxhr.observation.XhrObservationConvention;
import io.github.springxhr.observation.XhrObservationListenerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XhrObservationAutoConfiguration}.
 */
class XhrObservationAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrObservationAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare.withConfiguration(
			AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class));

	@Test
	void aRequestIsCountedAndTimed() {
		this.runner.run((context) -> {
			exchange(context);
			MeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
			assertThat(registry.get("xhr.events").tags("target", "request", "type", "loadend").counter().count())
				.isOne();
			assertThat(registry.get("xhr.requests").tags("outcome", "success", "status", "200").timer().count())
				.isOne();
			assertThat(registry.get("xhr.time.to.headers").timer().count()).isOne();
			assertThat(registry.get("xhr.response.size").summary().totalAmount()).isEqualTo(5);
		});
	}

	@Test
	void nothingIsRegisteredBeforeTheFirstRequest() {
		this.runner.run((context) -> assertThat(context.getBean(MeterRegistry.class).getMeters())
			.noneMatch((meter) -> meter.getId().getName().startsWith("xhr")));
	}

	@Test
	void thereIsNothingWithoutMicrometer() {
		this.bare.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(XhrListener.Factory.class));
	}

	@Test
	void thereIsNothingWithoutARegistry() {
		this.bare.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(XhrListener.Factory.class));
	}

	@Test
	void thereAreObservationsWithoutMeters() {
		this.bare.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasSingleBean(XhrObservationListenerFactory.class)
				.doesNotHaveBean("xhrMetricsListenerFactory"));
	}

	@Test
	void thereAreMetersWithoutObservations() {
		this.bare.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasSingleBean(XhrMetricsListenerFactory.class)
				.doesNotHaveBean(XhrObservationListenerFactory.class));
	}

	@Test
	void phasesAreTimedByAProperty() {
		this.runner.run((context) -> {
			exchange(context);
			assertThat(context.getBean(MeterRegistry.class).find("xhr.phase").timers()).isEmpty();
		});
		this.runner.withPropertyValues("management.metrics.xhr.phases=true").run((context) -> {
			exchange(context);
			assertThat(context.getBean(MeterRegistry.class).get("xhr.phase").tag("phase", "headers").timer().count())
				.isOne();
		});
	}

	@Test
	void theNumberOfUriTemplatesIsLimitedByAProperty() {
		this.runner.withPropertyValues("management.metrics.xhr.max-uri-tags=2").run((context) -> {
			MeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
			for (int i = 0; i < 5; i++) {
				registry.timer("xhr.requests", "client", "c", "uri", "/" + i).record(Duration.ZERO);
			}
			assertThat(registry.find("xhr.requests").timers()).hasSize(2);
		});
	}

	@Test
	void theFamilyOfMetersCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.metrics.enable.xhr=false").run((context) -> {
			exchange(context);
			assertThat(context.getBean(MeterRegistry.class).getMeters())
				.noneMatch((meter) -> meter.getId().getName().startsWith("xhr"));
		});
	}

	@Test
	void theObservationCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.observations.enable.xhr.requests=false").run((context) -> {
			exchange(context);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.find("xhr.requests").meter()).isNull();
			assertThat(registry.find("xhr.events").meter()).isNotNull();
		});
	}

	@Test
	void aRequestOfWhichNothingIsWantedHasNoListener() {
		this.runner
			.withPropertyValues("management.metrics.enable.xhr=false",
					"management.observations.enable.xhr.requests=false")
			.run((context) -> {
				try (XhrFactory other = XhrFactory.builder(WebClient.builder()).build()) {
					assertThat(context.getBeanProvider(XhrListener.Factory.class).stream()).hasSize(2)
						.allMatch((factory) -> factory.create("orders", other.create()) == null);
				}
			});
	}

	@Test
	void theUsersNameOfTheObservationIsLimitedToo() {
		this.runner.withUserConfiguration(ConventionConfiguration.class)
			.withPropertyValues("management.metrics.xhr.max-uri-tags=2")
			.run((context) -> {
				MeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
				for (int i = 0; i < 5; i++) {
					registry.timer("outbound", "client", "c", "uri", "/" + i).record(Duration.ZERO);
				}
				assertThat(registry.find("outbound").timers()).hasSize(2);
			});
	}

	@Test
	void theUsersConventionNamesTheObservation() {
		this.runner.withUserConfiguration(ConventionConfiguration.class).run((context) -> {
			exchange(context);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("outbound").timer().count()).isOne();
			assertThat(registry.find("xhr.requests").meter()).isNull();
		});
	}

	@Test
	void backsOffFromTheUsersListeners() {
		this.runner.withUserConfiguration(ListenersConfiguration.class)
			.run((context) -> assertThat(context.getBeansOfType(XhrListener.Factory.class)).containsOnlyKeys("meters",
					"observations"));
	}

	@Test
	void theUsersOtherListenersAreNoReasonToBackOff() {
		this.runner.withBean("other", XhrListener.Factory.class, () -> (client, request) -> new XhrListener() {
		}).run((context) -> assertThat(context.getBeansOfType(XhrListener.Factory.class)).hasSize(3));
	}

	private static void exchange(ApplicationContext context) throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(1);
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder());
		context.getBeanProvider(XhrListener.Factory.class).orderedStream().forEach(builder::listener);
		builder.listener((client, request) -> new EndListener(ended));
		try (XhrFactory factory = builder.build();
				FaultServer server = FaultServer
					.start((connection) -> connection.readRequest().send(Responses.ok("hello")))) {
			XMLHttpRequest request = factory.create();
			request.open("GET", server.url("/"));
			request.send();
			assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	/**
	 * The last listener, so that all others have been told when it opens the latch.
	 *
	 * @param latch is counted down
	 */
	private record EndListener(CountDownLatch latch) implements XhrListener, ExchangeListener {

		@Override
		public ExchangeListener sent(Sending sending) {
			return this;
		}

		@Override
		public void ended(Result result) {
			this.latch.countDown();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ConventionConfiguration {

		@Bean
		XhrObservationConvention convention() {
			return new DefaultXhrObservationConvention() {

				@Override
				public String getName() {
					return "outbound";
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ListenersConfiguration {

		@Bean
		XhrMetricsListenerFactory meters(MeterRegistry registry) {
			return new XhrMetricsListenerFactory(registry);
		}

		@Bean
		XhrObservationListenerFactory observations(ObservationRegistry registry) {
			return new XhrObservationListenerFactory(registry, null);
		}

	}

}
