package io.github.springxhr.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration for HTTP service clients: the interfaces with
 * {@link io.github.springxhr.service.XhrExchange @XhrExchange} in the packages of the
 * application become beans.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = XhrAutoConfiguration.class)
@ConditionalOnBean(XhrFactories.class)
@Import(XhrExchangeRegistrar.class)
public final class XhrExchangeAutoConfiguration {

	@Bean(XhrExchangeRegistrar.FACTORY_BEAN)
	XhrExchangeClients xhrExchangeClients(ConfigurableBeanFactory beanFactory) {
		return new XhrExchangeClients(beanFactory);
	}

}
