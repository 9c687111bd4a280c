package io.github.springxhr.autoconfigure;

import java.util.Collection;
import java.util.concurrent.Executor;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrListener;
import io.github.springxhr.webclient.RedactedClientRequestConvention;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.reactive.function.client.ClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Auto-configuration for XHR clients: the default {@link XhrFactory}, configured by
 * {@code xhr.*}, and one for each {@code xhr.clients.<name>.*}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration",
		"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration" })
@ConditionalOnClass({ WebClient.class, HttpClient.class })
@ConditionalOnBooleanProperty(name = "xhr.enabled", matchIfMissing = true)
@EnableConfigurationProperties(XhrProperties.class)
public final class XhrAutoConfiguration {

	@Bean(XhrClientsRegistrar.FACTORY_BEAN)
	XhrClients xhrClients(XhrProperties properties, ObjectProvider<InheritedSettings> inherited,
			ObjectProvider<TokenProviders> tokens, ObjectProvider<LoadBalancing> loadBalancing,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<XhrClientConnectionDetails> connections,
			ClientParts parts, Environment environment) {
		DependencyFloors.warn();
		UnknownProperties.refuse(environment);
		Collection<String> names = parts.beans().clients();
		InheritedSettings inheritedSettings = inherited.getIfAvailable(() -> InheritedSettings.NONE);
		TlsBundles tlsBundles = new TlsBundles(sslBundles, inheritedSettings.sslBundle());
		return new XhrClients(properties, names, inheritedSettings, new Integrations(tokens, loadBalancing, tlsBundles),
				new ClientConnections(connections.orderedStream(), names), parts);
	}

	@Bean
	ClientParts xhrClientParts(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<WebClient.Builder> webClientBuilders, ObjectProvider<XhrListener.Factory> listeners,
			ObjectProvider<BuilderSettings> settings, ObjectProvider<XhrCustomizer> customizers,
			ObjectProvider<ClientRequestObservationConvention> conventions, Environment environment) {
		Executor workers = Threading.VIRTUAL.isActive(environment) ? new VirtualThreadTaskExecutor("xhr-") : null;
		return new ClientParts(new ClientBeans(beanFactory, ClientNames.configuredBy(environment)), webClientBuilders,
				listeners, settings, customizers, workers, convention(conventions, environment));
	}

	private static @Nullable ClientRequestObservationConvention convention(
			ObjectProvider<ClientRequestObservationConvention> own, Environment environment) {
		String name = environment.getProperty("management.observations.http.client.requests.name",
				"http.client.requests");
		return own.stream().findAny().isPresent() ? null : new RedactedClientRequestConvention(name);
	}

	@Bean
	static LazyInitializationExcludeFilter eagerXhrClients() {
		return LazyInitializationExcludeFilter.forBeanTypes(XhrClients.class);
	}

	@Bean
	@ConditionalOnMissingBean
	XhrFactory xhrFactory(XhrClients clients) {
		return clients.defaultClient();
	}

	@Bean(XhrShutdown.BEAN_NAME)
	XhrShutdown xhrShutdown(ConfigurableListableBeanFactory beanFactory) {
		return new XhrShutdown(beanFactory);
	}

	@Bean(BeanXhrFactories.BEAN_NAME)
	@ConditionalOnMissingBean
	XhrFactories xhrFactories(ConfigurableListableBeanFactory beanFactory, ClientParts parts) {
		return new BeanXhrFactories(beanFactory, parts.beans().clients());
	}

	/**
	 * A class of its own, as it has to come before the condition of the default client,
	 * for which a client of the application that takes the place of a named one is none.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(XhrClientsRegistrar.class)
	static class NamedClientsConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JacksonConfiguration {

		@Bean
		BuilderSettings xhrJacksonSettings(ObjectProvider<JsonMapper> jsonMapper) {
			return (builder) -> jsonMapper.ifAvailable(builder::jsonMapper);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HttpClientSettings.class)
	static class HttpClientSettingsConfiguration {

		@Bean
		InheritedSettings xhrInheritedSettings(ObjectProvider<HttpClientSettings> settings) {
			HttpClientSettings available = settings.getIfAvailable();
			return (available != null) ? InheritedSettings.from(available) : InheritedSettings.NONE;
		}

	}

	/**
	 * Takes the filter that Spring Boot's own clients have, which is the one of the
	 * settings. Where the application has made the settings itself and left it out, the
	 * bean applies: a protection is not to be lost by accident.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(InetAddressFilter.class)
	static class AddressFilterConfiguration {

		@Bean
		BuilderSettings xhrAddressFilterSettings(ObjectProvider<HttpClientSettings> settings,
				ObjectProvider<InetAddressFilter> filters) {
			HttpClientSettings available = settings.getIfAvailable();
			InetAddressFilter ofSettings = (available != null) ? available.inetAddressFilter() : null;
			InetAddressFilter filter = (ofSettings != null) ? ofSettings : filters.getIfAvailable();
			return new AddressFilterSettings((filter != null) ? filter::matches : null);
		}

	}

}
