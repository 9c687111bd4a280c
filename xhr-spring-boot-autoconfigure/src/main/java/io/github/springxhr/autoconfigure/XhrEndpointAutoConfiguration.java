package io.github.springxhr.autoconfigure;

import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for {@link XhrEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = XhrAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBooleanProperty(name = "xhr.enabled", matchIfMissing = true)
public final class XhrEndpointAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnAvailableEndpoint(XhrEndpoint.class)
	@EnableConfigurationProperties(XhrEndpointProperties.class)
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnBean(XhrFactory.class)
		@ConditionalOnMissingBean
		XhrEndpoint xhrEndpoint(ListableBeanFactory beanFactory, XhrEndpointProperties properties,
				ObjectProvider<SanitizingFunction> sanitizingFunctions) {
			return new XhrEndpoint(new EndpointClients(beanFactory),
					new Sanitizer(sanitizingFunctions.orderedStream().toList()), properties.getShowValues());
		}

		@Bean
		@ConditionalOnBean(XhrEndpoint.class)
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
		XhrEndpointWebExtension xhrEndpointWebExtension(XhrEndpoint endpoint, XhrEndpointProperties properties) {
			return new XhrEndpointWebExtension(endpoint, properties.getShowValues(), properties.getRoles());
		}

	}

}
