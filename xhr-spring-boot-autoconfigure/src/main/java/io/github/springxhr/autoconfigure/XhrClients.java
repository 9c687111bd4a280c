package io.github.springxhr.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes the clients that the properties describe. It checks the properties of all of them
 * when it is made itself, so that a wrong one stops the start even if no client is made
 * then.
 */
final class XhrClients {

	private final ClientConfigurer defaultClient;

	private final Map<String, ClientConfigurer> namedClients = new LinkedHashMap<>();

	private final ClientConnections connections;

	private final ClientParts parts;

	/**
	 * Create it.
	 * @throws InvalidXhrPropertyException if a property has a value that cannot be used
	 */
	XhrClients(XhrProperties properties, Collection<String> names, InheritedSettings inherited,
			Integrations integrations, ClientConnections connections, ClientParts parts) {
		this.connections = connections;
		this.parts = parts;
		this.defaultClient = ClientConfigurer.defaultClient(properties, inherited, integrations,
				connections.of(ClientNames.DEFAULT, properties));
		for (String name : names) {
			this.namedClients.put(name,
					namedClient(name, properties.getClients().getOrDefault(name, new XhrClientProperties())));
		}
		check();
	}

	private ClientConfigurer namedClient(String name, XhrClientProperties properties) {
		return this.defaultClient.namedClient(name, properties, this.connections.of(name, properties));
	}

	private void check() {
		check(this.defaultClient);
		this.namedClients.values().forEach(this::check);
	}

	private void check(ClientConfigurer client) {
		client.builder(WebClient.builder());
		this.parts.check(client.choices());
		if (this.parts.filtersAddresses()) {
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
		return create((client != null) ? client : namedClient(name, new XhrClientProperties()));
	}

	private XhrFactory create(ClientConfigurer client) {
		ClientChoices choices = client.choices();
		XhrFactoryBuilder builder = client.builder(this.parts.webClientBuilder(choices));
		this.parts.addTo(builder, choices);
		return builder.build();
	}

}
