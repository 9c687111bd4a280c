package io.github.springxhr.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * Where the servers of the clients are: where a bean says, else where the properties do.
 */
final class ClientConnections {

	private final Map<String, XhrClientConnectionDetails> beans = new LinkedHashMap<>();

	/**
	 * Create it.
	 * @throws IllegalStateException if a bean is about a client that there is not, or two
	 * are about the same one
	 */
	ClientConnections(Stream<XhrClientConnectionDetails> beans, Collection<String> names) {
		beans.forEach((details) -> {
			String client = details.getClient();
			Assert.state(client.equals(ClientNames.DEFAULT) || names.contains(client),
					() -> "A bean of type XhrClientConnectionDetails is about the XHR client '" + client
							+ "', which there is not; the named clients are " + names);
			Assert.state(this.beans.put(client, details) == null,
					() -> "Two beans of type XhrClientConnectionDetails are about the XHR client '" + client + "'");
		});
	}

	XhrClientConnectionDetails of(String client, XhrClientProperties properties) {
		XhrClientConnectionDetails bean = this.beans.get(client);
		return (bean != null) ? bean : new PropertiesXhrClientConnectionDetails(client, properties);
	}

}
