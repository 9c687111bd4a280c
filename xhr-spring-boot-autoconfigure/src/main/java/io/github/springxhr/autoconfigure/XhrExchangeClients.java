package io.github.springxhr.autoconfigure;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.service.XhrExchangeAdapter;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Makes HTTP service clients of interfaces, over a client that is configured by
 * properties. Thread-safe.
 *
 * @since 0.1.0
 */
public final class XhrExchangeClients {

	private final ConfigurableBeanFactory beanFactory;

	XhrExchangeClients(ConfigurableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Make an HTTP service client.
	 * @param <S> the interface
	 * @param type the interface, whose methods carry {@code @HttpExchange} or a shortcut
	 * of it; placeholders in its URLs are resolved
	 * @param client the name of the client; empty for the default one
	 * @return an implementation of the interface
	 * @throws RuntimeException if there is no client of that name
	 */
	public <S> S create(Class<S> type, String client) {
		return HttpServiceProxyFactory.builderFor(XhrExchangeAdapter.create(factory(type, client)))
			.embeddedValueResolver(new EmbeddedValueResolver(this.beanFactory))
			.build()
			.createClient(type);
	}

	private XhrFactory factory(Class<?> type, String client) {
		if (client.isEmpty()) {
			return this.beanFactory.getBean(XhrFactory.class);
		}
		XhrFactories factories = this.beanFactory.getBean(XhrFactories.class);
		if (!factories.names().contains(client)) {
			throw new UnknownXhrClientException(type, client, factories.names());
		}
		return factories.get(client);
	}

}
