package io.github.springxhr.autoconfigure;

import java.util.Map;

import io.github.springxhr.observation.XhrMeterFilter;
import io.github.springxhr.observation.XhrMetricsListenerFactory;
import io.github.springxhr.observation.XhrObservationConvention;
import io.github.springxhr.observation.XhrObservationListenerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the meters and observations of requests: what has a registry
 * gets a listener, which the factories pick up as a bean.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "xhr.enabled", matchIfMissing = true)
public final class XhrObservationAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	@EnableConfigurationProperties(XhrMetricsProperties.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		XhrMetricsListenerFactory xhrMetricsListenerFactory(MeterRegistry registry, XhrMetricsProperties properties) {
			return new XhrMetricsListenerFactory(registry, properties.isPhases());
		}

		@Bean
		@ConditionalOnMissingBean
		XhrMeterFilter xhrMeterFilter(XhrMetricsProperties properties,
				ObjectProvider<XhrObservationConvention> conventions) {
			return new XhrMeterFilter(properties.getMaxUriTags(), () -> {
				XhrObservationConvention convention = conventions.getIfAvailable();
				return (convention != null) ? convention.getName() : null;
			});
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ObservationRegistry.class)
	@ConditionalOnBean(ObservationRegistry.class)
	static class ObservationConfiguration {

		@Bean
		@ConditionalOnMissingBean
		XhrObservationListenerFactory xhrObservationListenerFactory(ObservationRegistry registry,
				ObjectProvider<XhrObservationConvention> conventions, Environment environment) {
			XhrObservationConvention convention = conventions.getIfAvailable();
			String own = (convention != null) ? convention.getName() : null;
			boolean enabled = isEnabled((own != null) ? own : "xhr.requests", environment);
			return new XhrObservationListenerFactory(enabled ? registry : ObservationRegistry.NOOP, convention);
		}

		/**
		 * Spring Boot asks its switches about each observation that is made. Where they
		 * say no, none needs to be made.
		 */
		private static boolean isEnabled(String name, Environment environment) {
			Map<String, Boolean> switches = Binder.get(environment)
				.bind("management.observations.enable", Bindable.mapOf(String.class, Boolean.class))
				.orElse(Map.of());
			for (String prefix = name; !prefix.isEmpty(); prefix = prefix.substring(0,
					Math.max(0, prefix.lastIndexOf('.')))) {
				Boolean enabled = switches.get(prefix);
				if (enabled != null) {
					return enabled;
				}
			}
			return switches.getOrDefault("all", true);
		}

	}

}
