package io.github.springxhr.autoconfigure;

import io.github.springxhr.service.XhrExchange;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Registers a bean for each interface with {@link XhrExchange} in the packages of the
 * application. Spring's own registry of HTTP services knows two clients, a closed set.
 */
final class XhrExchangeRegistrar implements ImportBeanDefinitionRegistrar {

	/** The bean whose factory method makes an HTTP service client. */
	static final String FACTORY_BEAN = "xhrExchangeClients";

	/** The attribute of a definition that holds the name of the client. */
	static final String CLIENT_ATTRIBUTE = XhrExchangeRegistrar.class.getName() + ".client";

	private final BeanFactory beanFactory;

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	XhrExchangeRegistrar(BeanFactory beanFactory, Environment environment, ResourceLoader resourceLoader) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		if (!AutoConfigurationPackages.has(this.beanFactory)) {
			return;
		}
		ClassPathScanningCandidateComponentProvider scanner = new InterfaceScanner(this.environment);
		scanner.setResourceLoader(this.resourceLoader);
		for (String packageName : AutoConfigurationPackages.get(this.beanFactory)) {
			scanner.findCandidateComponents(packageName)
				.forEach((candidate) -> register((AnnotatedBeanDefinition) candidate, registry));
		}
	}

	private void register(AnnotatedBeanDefinition candidate, BeanDefinitionRegistry registry) {
		String client = candidate.getMetadata().getAnnotations().get(XhrExchange.class).getString("value");
		String typeName = candidate.getMetadata().getClassName();
		String beanName = (client.isEmpty() ? ClientNames.DEFAULT : client) + "#" + typeName;
		if (registry.containsBeanDefinition(beanName)) {
			return;
		}
		Class<?> type = ClassUtils.resolveClassName(typeName, this.resourceLoader.getClassLoader());
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(FACTORY_BEAN);
		definition.setFactoryMethodName("create");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, client);
		definition.setAttribute(CLIENT_ATTRIBUTE, client);
		definition.setLazyInit(false);
		definition.setResourceDescription("@XhrExchange on " + typeName);
		registry.registerBeanDefinition(beanName, definition);
	}

	private static final class InterfaceScanner extends ClassPathScanningCandidateComponentProvider {

		InterfaceScanner(Environment environment) {
			super(false, environment);
			addIncludeFilter(new AnnotationTypeFilter(XhrExchange.class, true));
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition beanDefinition) {
			AnnotationMetadata metadata = beanDefinition.getMetadata();
			return metadata.isInterface() && metadata.isIndependent() && !metadata.isAnnotation();
		}

	}

}
