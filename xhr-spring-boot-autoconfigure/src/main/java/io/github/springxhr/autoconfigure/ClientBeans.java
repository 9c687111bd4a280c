package io.github.springxhr.autoconfigure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;

/**
 * Finds the beans that are for one client. A bean is for the client whose name it is
 * qualified with, or whose name its own begins with, such as {@code ordersCookieStore};
 * for the default one if it has no qualifier and could be injected without; and never for
 * two.
 */
final class ClientBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Collection<String> clients;

	ClientBeans(ConfigurableListableBeanFactory beanFactory, Collection<String> clients) {
		this.beanFactory = beanFactory;
		this.clients = clients;
	}

	/**
	 * Return the names of the named clients.
	 */
	Collection<String> clients() {
		return this.clients;
	}

	/**
	 * Find the bean of a type that is for a client.
	 * @return the bean, or {@code null} if there is none
	 * @throws NoUniqueBeanDefinitionException if there are several, none of them primary
	 */
	<T> @Nullable T find(Class<T> type, String client) {
		List<String> names = Arrays.stream(this.beanFactory.getBeanNamesForType(type, true, false))
			.filter((name) -> client.equals(client(name, type)))
			.toList();
		if (names.isEmpty()) {
			return null;
		}
		return get((names.size() == 1) ? names.get(0) : primary(type, names), type, client);
	}

	private String primary(Class<?> type, List<String> names) {
		List<String> primary = names.stream().filter((name) -> {
			BeanDefinition definition = definition(name);
			return definition != null && definition.isPrimary();
		}).toList();
		if (primary.size() != 1) {
			throw new NoUniqueBeanDefinitionException(type, names);
		}
		return primary.get(0);
	}

	private @Nullable String client(String beanName, Class<?> type) {
		BeanDefinition definition = definition(beanName);
		if (definition != null && !definition.isAutowireCandidate()) {
			return null;
		}
		String qualifier = qualifier(beanName, definition);
		if (qualifier != null) {
			return qualifier;
		}
		boolean defaultCandidate = !(definition instanceof AbstractBeanDefinition known) || known.isDefaultCandidate();
		return this.clients.stream()
			.filter((client) -> ClientNames.beanName(client, type).equals(beanName))
			.findFirst()
			.orElse(defaultCandidate ? ClientNames.DEFAULT : null);
	}

	private @Nullable String qualifier(String beanName, @Nullable BeanDefinition definition) {
		if (definition instanceof AbstractBeanDefinition known) {
			AutowireCandidateQualifier qualifier = known.getQualifier(Qualifier.class.getName());
			if (qualifier != null) {
				return String.valueOf(qualifier.getAttribute(AutowireCandidateQualifier.VALUE_KEY));
			}
		}
		Qualifier annotation = this.beanFactory.findAnnotationOnBean(beanName, Qualifier.class, false);
		return (annotation != null) ? annotation.value() : null;
	}

	private @Nullable BeanDefinition definition(String beanName) {
		return this.beanFactory.containsBeanDefinition(beanName) ? this.beanFactory.getMergedBeanDefinition(beanName)
				: null;
	}

	/**
	 * Return whether a bean is an executor.
	 */
	boolean isExecutor(String beanName) {
		return this.beanFactory.containsBean(beanName) && this.beanFactory.isTypeMatch(beanName, Executor.class);
	}

	List<String> executors() {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(Executor.class, true, false)).sorted().toList();
	}

	Executor executor(String beanName, String client) {
		return get(beanName, Executor.class, client);
	}

	/**
	 * Get a bean that has to outlive the client.
	 */
	private <T> T get(String beanName, Class<T> type, String client) {
		this.beanFactory.registerDependentBean(beanName,
				client.equals(ClientNames.DEFAULT) ? "xhrFactory" : ClientNames.beanName(client));
		return this.beanFactory.getBean(beanName, type);
	}

}
