package io.github.springxhr.autoconfigure;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.http.HttpRules;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sets up the builder of one client from its properties. What is wrong with them ends in
 * an {@link InvalidXhrPropertyException}, which shows a value only if it cannot be a
 * secret.
 */
final class ClientConfigurer {

	private final String name;

	private final String prefix;

	private final XhrClientProperties properties;

	/** Its own first, then those it inherits from. */
	private final List<Source> sources;

	private final Integrations integrations;

	private final XhrClientConnectionDetails connection;

	private ClientConfigurer(String name, Source own, List<Source> inherited, Integrations integrations,
			XhrClientConnectionDetails connection) {
		this.name = name;
		this.prefix = own.prefix();
		this.properties = own.properties();
		this.sources = Stream.concat(Stream.of(own), inherited.stream()).toList();
		this.integrations = integrations;
		this.connection = connection;
	}

	static ClientConfigurer defaultClient(XhrProperties properties, InheritedSettings inherited,
			Integrations integrations, XhrClientConnectionDetails connection) {
		return new ClientConfigurer(ClientNames.DEFAULT, new Source("xhr", properties),
				List.of(new Source(InheritedSettings.PREFIX, inherited.asProperties())), integrations, connection);
	}

	/**
	 * Make a configurer of a client that inherits from this one what can be inherited.
	 */
	ClientConfigurer namedClient(String name, XhrClientProperties properties, XhrClientConnectionDetails connection) {
		return new ClientConfigurer(name, new Source(ClientNames.PREFIX + "." + name, properties), this.sources,
				this.integrations, connection);
	}

	/**
	 * Return what the properties choose among the beans.
	 * @throws InvalidXhrPropertyException if two of them contradict each other
	 */
	ClientChoices choices() {
		return ClientChoices.of(this.name, this.sources);
	}

	/**
	 * Make a factory's builder.
	 * @param webClientBuilder what its requests are built with; it is not changed
	 * @throws InvalidXhrPropertyException if a property has a value that cannot be used,
	 * or contradicts another
	 */
	XhrFactoryBuilder builder(WebClient.Builder webClientBuilder) {
		WebClient.Builder own = webClientBuilder.clone();
		XhrFactoryBuilder builder = XhrFactory.builder(own).name(this.name);
		for (ClientProperty property : ClientProperty.values()) {
			apply(property, builder);
		}
		connections().configure(builder);
		configureBaseUrl(builder);
		checkCombinations();
		ConfiguredHeaders headers = new ConfiguredHeaders(this.properties.getHeaders());
		configureHeaders(headers, builder);
		configureCredentials(headers, builder);
		configureLoadBalancing(own);
		return builder;
	}

	private void apply(ClientProperty property, XhrFactoryBuilder builder) {
		for (Source source : property.isInherited() ? this.sources : this.sources.subList(0, 1)) {
			Object value = property.get(source.properties());
			if (value != null) {
				set(source.prefix() + "." + property.key(), value, (set) -> property.set(builder, set), property::shown,
						property.remedy(this.prefix + "." + property.key()));
				return;
			}
		}
	}

	/**
	 * Refuse a proxy, as the application says which addresses may be connected to.
	 */
	void requireNoProxy() {
		connections().requireNoProxy();
	}

	private ConnectionConfigurer connections() {
		return new ConnectionConfigurer(this.sources, this.integrations.tlsBundles());
	}

	private void configureBaseUrl(XhrFactoryBuilder builder) {
		String baseUrl = this.connection.getBaseUrl();
		if (baseUrl == null) {
			return;
		}
		if (isByProperties()) {
			set(this.prefix + ".base-url", baseUrl, (url) -> builder.baseUrl(ServiceAddress.logicalUrl(url)),
					ClientProperty::redact,
					"Set an absolute URL of scheme http, https or lb, such as https://orders.example/api/. "
							+ "User name and password go into '.credentials.basic'.");
			return;
		}
		try {
			builder.baseUrl(ServiceAddress.logicalUrl(baseUrl));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("The base URL that a bean of type XhrClientConnectionDetails has for the "
					+ "XHR client '" + this.name + "' cannot be used: " + ex.getMessage());
		}
	}

	private boolean isByProperties() {
		return this.connection instanceof PropertiesXhrClientConnectionDetails;
	}

	private void checkCombinations() {
		if (this.properties.getReferrer() != null && this.properties.getOrigin() == null) {
			throw new InvalidXhrPropertyException(this.prefix + ".referrer",
					"referrer needs an origin, without which none is sent", null,
					"Set '" + this.prefix + ".origin', which is not inherited, or remove the property.");
		}
		if (this.properties.isConfineToBaseUrl()) {
			requireBaseUrl("confine-to-base-url", "confine-to-base-url needs a base URL to confine the client to");
		}
	}

	private void configureHeaders(ConfiguredHeaders headers, XhrFactoryBuilder builder) {
		if (!headers.isEmpty()) {
			requireBaseUrl("headers", "headers need a base URL, whose origin alone may see them");
		}
		headers.forEach((header, value) -> {
			set(this.prefix + ".headers." + header, value, (text) -> builder.header(header, text), (text) -> null,
					"Correct the name or the value of the header, or remove it. "
							+ "What frames a message, such as Content-Length, is not for configuration.");
			requireAllowedByOrigin(header, value);
		});
	}

	private void requireAllowedByOrigin(String header, String value) {
		if (this.properties.getOrigin() != null && !header.equalsIgnoreCase("Cookie")
				&& HttpRules.isForbiddenRequestHeader(header, HttpRules.normalizeHeaderValue(value))) {
			throw new InvalidXhrPropertyException(this.prefix + ".headers." + header,
					"an origin is set, in whose name browsers do not let this header be set", null,
					"Remove the header or '" + this.prefix + ".origin'.");
		}
	}

	private void configureCredentials(ConfiguredHeaders headers, XhrFactoryBuilder builder) {
		String credentials = this.prefix + ".credentials";
		String username = this.properties.getCredentials().getBasic().getUsername();
		String password = this.properties.getCredentials().getBasic().getPassword();
		String token = this.properties.getCredentials().getBearer().getToken();
		String registrationId = this.properties.getCredentials().getOauth2().getRegistrationId();
		boolean basic = username != null || password != null;
		if (!basic && token == null && registrationId == null) {
			requireNoOrigins(headers);
			return;
		}
		if (this.properties.getCredentials().getOrigins().isEmpty()) {
			requireBaseUrl("credentials", "credentials need a base URL, whose origin alone may see them");
		}
		requireOneKind(basic, token != null, registrationId != null);
		if (headers.contains("Authorization")) {
			throw new InvalidXhrPropertyException(this.prefix + ".headers.Authorization",
					"credentials are set, which make this header", null, "Remove the header or '" + credentials + "'.");
		}
		if (registrationId != null) {
			set(credentials + ".oauth2.registration-id", registrationId,
					(id) -> builder.authorizationProvider(this.integrations.tokens(this.name, id)), (id) -> id,
					Integrations.OAUTH2_REMEDY);
		}
		else if (token != null) {
			set(credentials + ".bearer.token", token, builder::bearerToken, (secret) -> null,
					"Set the token alone, without the word Bearer, or remove the property.");
		}
		else {
			String user = require(credentials + ".basic.username", username);
			String secret = require(credentials + ".basic.password", password);
			set(credentials + ".basic", user, (text) -> builder.basicCredentials(text, secret), (text) -> null,
					"Correct the user name or the password.");
		}
	}

	private void requireNoOrigins(ConfiguredHeaders headers) {
		if (!this.properties.getCredentials().getOrigins().isEmpty() && !headers.contains("Authorization")) {
			throw new InvalidXhrPropertyException(this.prefix + ".credentials.origins",
					"credentials.origins need credentials that these origins may see", null,
					"Set the credentials, which are not inherited, or remove the property.");
		}
	}

	private void requireOneKind(boolean basic, boolean bearer, boolean oauth2) {
		if ((basic && bearer) || (oauth2 && (basic || bearer))) {
			String credentials = this.prefix + ".credentials";
			List<String> kinds = Stream.of(basic ? "basic" : "", bearer ? "bearer" : "", oauth2 ? "oauth2" : "")
				.filter((kind) -> !kind.isEmpty())
				.toList();
			throw new InvalidXhrPropertyException(credentials, "credentials are either " + String.join(" or ", kinds),
					null, "Remove '" + credentials + "." + String.join("' or '" + credentials + ".", kinds) + "'.");
		}
	}

	private void configureLoadBalancing(WebClient.Builder webClientBuilder) {
		String baseUrl = this.connection.getBaseUrl();
		boolean byScheme = baseUrl != null && ServiceAddress.hasServiceScheme(baseUrl);
		if (!byScheme && !(this.properties.isLoadBalanced() && isByProperties())) {
			return;
		}
		requireBaseUrl("load-balanced", "load-balanced needs a base URL, whose host is the name of the service");
		String property = this.prefix + (byScheme ? ".base-url" : ".load-balanced");
		if (!this.integrations.canBalance()) {
			throw new InvalidXhrPropertyException(property, "there is no load balancer", null,
					Integrations.LOAD_BALANCER_REMEDY);
		}
		set(this.prefix + ".base-url", String.valueOf(baseUrl),
				(url) -> webClientBuilder
					.filters((filters) -> filters.add(this.integrations.balance(ServiceAddress.of(url)))),
				(url) -> null, "Set the name of the service alone in the place of the host, such as lb://orders/api/, "
						+ "of letters, digits, dots and dashes.");
	}

	private static String require(String property, @Nullable String value) {
		if (value == null) {
			throw new InvalidXhrPropertyException(property,
					"it is not set, but basic credentials are a user name and a password", null,
					"Set '" + property + "', which may be empty, or remove its counterpart.");
		}
		return value;
	}

	private void requireBaseUrl(String setting, String reason) {
		if (this.connection.getBaseUrl() == null) {
			throw new InvalidXhrPropertyException(this.prefix + "." + setting, reason, null, "Set '" + this.prefix
					+ ".base-url', which is not inherited, or remove '" + this.prefix + "." + setting + "'.");
		}
	}

	private <T> void set(String property, T value, Consumer<T> setter, Function<T, @Nullable String> shown,
			String remedy) {
		set(this.prefix, property, value, setter, shown, remedy);
	}

	/**
	 * Give a value to a setter. What the setter complains about begins with the setting's
	 * name, which may be more precise than the one known here.
	 */
	static <T> void set(String prefix, String property, T value, Consumer<T> setter,
			Function<T, @Nullable String> shown, String remedy) {
		try {
			setter.accept(value);
		}
		catch (IllegalArgumentException ex) {
			String reason = String.valueOf(ex.getMessage());
			String named = prefix + "." + reason.substring(0, Math.max(reason.indexOf(' '), 0));
			throw new InvalidXhrPropertyException(named.startsWith(property + ".") ? named : property, reason,
					shown.apply(value), remedy);
		}
	}

	/**
	 * Where values come from.
	 *
	 * @param prefix what the names of its properties begin with
	 * @param properties its values
	 */
	record Source(String prefix, XhrClientProperties properties) {

	}

}
