package io.github.springxhr.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean for each named client, unless the application has one of that name.
 * The definitions name a factory method instead of holding a supplier, so that
 * ahead-of-time processing can write them down.
 */
final class XhrClientsRegistrar implements ImportBeanDefinitionRegistrar {

	/** The bean whose factory method makes a named client. */
	static final String FACTORY_BEAN = "xhrClients";

	/** The groups of properties, each with a property below it. */
	private static final List<Map.Entry<String, String>> GROUPS = List.of(Map.entry("headers", "User-Agent"),
			Map.entry("credentials", "bearer.token"), Map.entry("credentials.basic", "username"),
			Map.entry("credentials.bearer", "token"), Map.entry("credentials.oauth2", "registration-id"),
			Map.entry("cookies", "enabled"), Map.entry("metrics", "enabled"), Map.entry("pool", "max-connections"),
			Map.entry("proxy", "host"), Map.entry("ssl", "bundle"));

	private final Environment environment;

	XhrClientsRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		requireNoValue(ClientNames.PREFIX, "orders.base-url");
		requireNoValueOfGroups("xhr");
		for (String name : ClientNames.configuredBy(this.environment)) {
			requireNoValue(ClientNames.PREFIX + "." + name, "base-url");
			requireNoValueOfGroups(ClientNames.PREFIX + "." + name);
			String beanName = ClientNames.beanName(name);
			if (registry.containsBeanDefinition(beanName)) {
				adopt(registry.getBeanDefinition(beanName), name);
			}
			else {
				registry.registerBeanDefinition(beanName, beanDefinition(name));
			}
		}
	}

	/**
	 * Refuse {@code credentials.bearer=token} and the like here, as the binder would
	 * repeat the value in its message.
	 */
	private void requireNoValueOfGroups(String prefix) {
		GROUPS.forEach((group) -> requireNoValue(prefix + "." + group.getKey(), group.getValue()));
	}

	private void requireNoValue(String group, String example) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(group, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getConfigurationProperty(name) != null) {
				throw new InvalidXhrPropertyException(group, "it has no value of its own", null,
						"Set the properties below it, such as '" + group + "." + example + "'.");
			}
		}
	}

	/**
	 * Let a bean of the application be the named client, and never the default one, even
	 * if it does not say so.
	 */
	private static void adopt(BeanDefinition definition, String name) {
		if (definition instanceof AbstractBeanDefinition adopted) {
			adopted.setDefaultCandidate(false);
			boolean qualified = definition instanceof AnnotatedBeanDefinition annotated
					&& annotated.getFactoryMethodMetadata() != null
					&& annotated.getFactoryMethodMetadata().isAnnotated(Qualifier.class.getName());
			if (!qualified) {
				adopted.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
			}
		}
	}

	private static BeanDefinition beanDefinition(String name) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(XhrFactory.class);
		definition.setFactoryBeanName(FACTORY_BEAN);
		definition.setFactoryMethodName("namedClient");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		definition.setDestroyMethodName("close");
		definition.setDefaultCandidate(false);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		definition.setResourceDescription("property " + ClientNames.PREFIX + "." + name);
		return definition;
	}

}
