package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * Sets up the builder of one client from its properties. What is wrong with them ends in
 * an {@link InvalidXhrPropertyException}, which shows a value only if it cannot be a
 * secret.
 */
final class ClientConfigurer {

	private final String name;

	private final String prefix;

	private final XhrClientProperties properties;

	private final Limits limits;

	private ClientConfigurer(String name, String prefix, XhrClientProperties properties, Limits limits) {
		this.name = name;
		this.prefix = prefix;
		this.properties = properties;
		this.limits = limits;
	}

	static ClientConfigurer defaultClient(XhrProperties properties, InheritedSettings inherited) {
		return new ClientConfigurer(ClientNames.DEFAULT, "xhr", properties, Limits.of("xhr", properties).or(inherited));
	}

	/**
	 * Make a configurer of a client that inherits this one's limits, and nothing else.
	 */
	ClientConfigurer namedClient(String name, XhrClientProperties properties) {
		String prefix = ClientNames.PREFIX + "." + name;
		return new ClientConfigurer(name, prefix, properties, Limits.of(prefix, properties).or(this.limits));
	}

	/**
	 * Set up a builder.
	 * @throws InvalidXhrPropertyException if a property has a value that cannot be used
	 */
	void configure(XhrFactoryBuilder builder) {
		builder.name(this.name);
		set(this.limits.timeout(), builder::timeout, DurationStyle.SIMPLE::print,
				"Set a duration such as 5s, or 0 if there is to be no limit.");
		set(this.limits.shutdownTimeout(), builder::shutdownTimeout, DurationStyle.SIMPLE::print,
				"Set a duration such as 5s, or 0 if requests are to be aborted at once.");
		set(this.limits.synchronous(), builder::synchronous, Object::toString, "Set true or false.");
		set(this.limits.connectTimeout(), builder::connectTimeout, DurationStyle.SIMPLE::print,
				"Set '" + this.prefix + ".connect-timeout' to 1ms or more, such as 2s.");
		set(this.limits.maxResponseSize(), builder::maxResponseSize, DataSize::toString,
				"Set a size of at least 1B and less than 2GB, such as 16MB.");
		set(new Setting<>(this.prefix + ".base-url", this.properties.getBaseUrl()), builder::baseUrl,
				ClientConfigurer::redact, "Set an absolute URL of scheme http or https, such as "
						+ "https://orders.example/api/. User name and password go into '.credentials.basic'.");
		ConfiguredHeaders headers = new ConfiguredHeaders(this.properties.getHeaders());
		configureHeaders(headers, builder);
		configureCredentials(headers, builder);
	}

	private void configureHeaders(ConfiguredHeaders headers, XhrFactoryBuilder builder) {
		if (!headers.isEmpty()) {
			requireBaseUrl("headers");
		}
		headers.forEach((header, value) -> set(new Setting<>(this.prefix + ".headers." + header, value),
				(text) -> builder.header(header, text), (text) -> null,
				"Correct the name or the value of the header, or remove it. "
						+ "What frames a message, such as Content-Length, is not for configuration."));
	}

	private void configureCredentials(ConfiguredHeaders headers, XhrFactoryBuilder builder) {
		String credentials = this.prefix + ".credentials";
		String username = this.properties.getCredentials().getBasic().getUsername();
		String password = this.properties.getCredentials().getBasic().getPassword();
		String token = this.properties.getCredentials().getBearer().getToken();
		boolean basic = username != null || password != null;
		if (!basic && token == null) {
			return;
		}
		requireBaseUrl("credentials");
		if (basic && token != null) {
			throw new InvalidXhrPropertyException(credentials, "credentials are either basic or bearer", null,
					"Remove '" + credentials + ".basic' or '" + credentials + ".bearer'.");
		}
		if (headers.contains("Authorization")) {
			throw new InvalidXhrPropertyException(this.prefix + ".headers.Authorization",
					"credentials are set, which make this header", null, "Remove the header or '" + credentials + "'.");
		}
		if (token != null) {
			set(new Setting<>(credentials + ".bearer.token", token), builder::bearerToken, (secret) -> null,
					"Set the token alone, without the word Bearer, or remove the property.");
		}
		else {
			String user = require(credentials + ".basic.username", username);
			String secret = require(credentials + ".basic.password", password);
			set(new Setting<>(credentials + ".basic", user), (text) -> builder.basicCredentials(text, secret),
					(text) -> null, "Correct the user name or the password.");
		}
	}

	private static String require(String property, @Nullable String value) {
		if (value == null) {
			throw new InvalidXhrPropertyException(property,
					"it is not set, but basic credentials are a user name and a password", null,
					"Set '" + property + "', which may be empty, or remove its counterpart.");
		}
		return value;
	}

	private void requireBaseUrl(String setting) {
		if (this.properties.getBaseUrl() == null) {
			throw new InvalidXhrPropertyException(this.prefix + "." + setting,
					setting + " need a base URL, whose origin alone may see them", null, "Set '" + this.prefix
							+ ".base-url', which is not inherited, or remove '" + this.prefix + "." + setting + "'.");
		}
	}

	/**
	 * Give a value to a setter. What the setter complains about begins with the setting's
	 * name, which may be more precise than the one known here.
	 */
	private <T> void set(Setting<T> setting, Consumer<T> setter, Function<T, @Nullable String> shown, String remedy) {
		T value = setting.value();
		if (value == null) {
			return;
		}
		try {
			setter.accept(value);
		}
		catch (IllegalArgumentException ex) {
			String reason = String.valueOf(ex.getMessage());
			String named = this.prefix + "." + reason.substring(0, Math.max(reason.indexOf(' '), 0));
			String property = named.startsWith(setting.property() + ".") ? named : setting.property();
			throw new InvalidXhrPropertyException(property, reason, shown.apply(value), remedy);
		}
	}

	/**
	 * Show a URL without what may be a secret, or not at all.
	 */
	private static @Nullable String redact(String url) {
		Url parsed = Url.parse(url, null);
		if (parsed != null && parsed.isHttp()) {
			return parsed.redacted();
		}
		return (url.indexOf('@') < 0) ? url.split("[?#]", 2)[0] : null;
	}

}
