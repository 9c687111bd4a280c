package io.github.springxhr.autoconfigure.har;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for {@link XhrHarEndpoint} and for the listener that records for it.
 * Where the endpoint cannot be reached, nothing listens and nothing is kept.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = XhrAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBooleanProperty(name = "xhr.enabled", matchIfMissing = true)
public final class XhrHarAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(XhrHarEndpoint.class)
	@ConditionalOnBean(XhrFactory.class)
	@EnableConfigurationProperties(XhrHarProperties.class)
	static class EndpointConfiguration {

		@Bean
		HarLog xhrHarLog(XhrHarProperties properties) {
			return new HarLog(properties.getMaxEntries());
		}

		@Bean
		HarRecorder xhrHarRecorder(HarLog xhrHarLog) {
			return new HarRecorder(xhrHarLog);
		}

		@Bean
		@ConditionalOnMissingBean
		XhrHarEndpoint xhrHarEndpoint(HarLog xhrHarLog) {
			return new XhrHarEndpoint(xhrHarLog);
		}

	}

}
