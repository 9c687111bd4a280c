package io.github.springxhr.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.XhrListener;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes the clients that the properties describe. It checks the properties of all of them
 * when it is made itself, so that a wrong one stops the start even if no client is made
 * then.
 */
final class XhrClients {

	private final ClientConfigurer defaultClient;

	private final Map<String, ClientConfigurer> namedClients = new LinkedHashMap<>();

	private final ObjectProvider<WebClient.Builder> webClientBuilder;

	private final ObjectProvider<XhrListener.Factory> listeners;

	private final ObjectProvider<BuilderSettings> settings;

	private final @Nullable Executor eventExecutor;

	/**
	 * Create it.
	 * @throws InvalidXhrPropertyException if a property has a value that cannot be used
	 */
	XhrClients(XhrProperties properties, Collection<String> names, InheritedSettings inherited,
			ObjectProvider<WebClient.Builder> webClientBuilder, ObjectProvider<XhrListener.Factory> listeners,
			ObjectProvider<BuilderSettings> settings, Integrations integrations, @Nullable Executor eventExecutor) {
		this.settings = settings;
		this.defaultClient = ClientConfigurer.defaultClient(properties, inherited, integrations);
		for (String name : names) {
			XhrClientProperties own = properties.getClients().getOrDefault(name, new XhrClientProperties());
			this.namedClients.put(name, this.defaultClient.namedClient(name, own));
		}
		this.webClientBuilder = webClientBuilder;
		this.listeners = listeners;
		this.eventExecutor = eventExecutor;
		check();
	}

	private void check() {
		boolean filtered = this.settings.stream().anyMatch(BuilderSettings::filtersAddresses);
		check(this.defaultClient, filtered);
		this.namedClients.values().forEach((client) -> check(client, filtered));
	}

	private static void check(ClientConfigurer client, boolean filtered) {
		client.builder(WebClient.builder());
		if (filtered) {
			client.requireNoProxy();
		}
	}

	/**
	 * Make the default client.
	 */
	XhrFactory defaultClient() {
		return create(this.defaultClient);
	}

	/**
	 * Make a named client. The factory method of its bean definition, which ahead-of-time
	 * processing keeps; if its properties have gone since then, it has what it inherits.
	 */
	XhrFactory namedClient(String name) {
		ClientConfigurer client = this.namedClients.get(name);
		return create((client != null) ? client : this.defaultClient.namedClient(name, new XhrClientProperties()));
	}

	private XhrFactory create(ClientConfigurer client) {
		XhrFactoryBuilder builder = client.builder(this.webClientBuilder.getIfAvailable(WebClient::builder));
		this.listeners.orderedStream().forEach(builder::listener);
		this.settings.orderedStream().forEach((setting) -> setting.applyTo(builder));
		if (this.eventExecutor != null) {
			builder.eventExecutor(this.eventExecutor);
		}
		return builder.build();
	}

}
