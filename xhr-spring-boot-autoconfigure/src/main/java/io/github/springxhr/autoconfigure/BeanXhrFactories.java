package io.github.springxhr.autoconfigure;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/**
 * Finds the named clients among the beans. A name without a bean is left out: it was
 * added after the application had been processed ahead of time. The clients are destroyed
 * after the beans that depend on this one.
 */
final class BeanXhrFactories implements XhrFactories {

	static final String BEAN_NAME = "xhrFactories";

	private final ConfigurableBeanFactory beanFactory;

	private final Map<String, String> beanNames = new LinkedHashMap<>();

	BeanXhrFactories(ConfigurableBeanFactory beanFactory, Collection<String> names) {
		this.beanFactory = beanFactory;
		for (String name : names) {
			String beanName = ClientNames.beanName(name);
			if (beanFactory.containsBean(beanName)) {
				this.beanNames.put(name, beanName);
				beanFactory.registerDependentBean(beanName, BEAN_NAME);
			}
		}
	}

	@Override
	public XhrFactory get(String name) {
		String beanName = this.beanNames.get(name);
		if (beanName == null) {
			throw new IllegalArgumentException(
					"There is no XHR client '" + name + "'; the named clients are " + names());
		}
		return this.beanFactory.getBean(beanName, XhrFactory.class);
	}

	@Override
	public Set<String> names() {
		return Collections.unmodifiableSet(this.beanNames.keySet());
	}

}
