package io.github.springxhr.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The clients among the beans, by the name that an operator knows them by: the client's,
 * or that of the bean if several beans have clients of that name.
 */
final class EndpointClients {

	private final ListableBeanFactory beanFactory;

	EndpointClients(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	Map<String, Client> get() {
		Map<String, XhrFactory> beans = BeanFactoryUtils.beansOfTypeIncludingAncestors(this.beanFactory,
				XhrFactory.class, false, true);
		Map<String, Integer> uses = new HashMap<>();
		beans.values().forEach((factory) -> uses.merge(factory.getName(), 1, Integer::sum));
		Map<String, Client> clients = new HashMap<>();
		beans.forEach((bean, factory) -> {
			boolean unique = Integer.valueOf(1).equals(uses.get(factory.getName()));
			clients.put(unique ? factory.getName() : bean, new Client(bean, factory));
		});
		return clients;
	}

	/**
	 * A client and its bean.
	 *
	 * @param bean the name of the bean
	 * @param factory the client
	 */
	record Client(String bean, XhrFactory factory) {

	}

}
