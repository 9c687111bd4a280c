package io.github.springxhr.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.springxhr.XhrFactory;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The rules of the names of clients: what they look like, when two are one, and which
 * bean belongs to one.
 */
final class ClientNames {

	/** The name of the default client, in metrics and logs. */
	static final String DEFAULT = "default";

	static final String PREFIX = "xhr.clients";

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

	private ClientNames() {
	}

	/**
	 * Find the names of the clients that an environment configures. Placeholders are left
	 * alone: the names do not depend on them, and what they stand for may not be known
	 * yet when the application is processed ahead of time.
	 * @param environment the environment
	 * @return the names
	 * @throws InvalidXhrPropertyException as {@link #of} does
	 */
	static List<String> configuredBy(Environment environment) {
		Binder binder = new Binder(ConfigurationPropertySources.get(environment));
		return of(binder.bind(PREFIX, Bindable.mapOf(String.class, Object.class)).orElse(Map.of()).keySet());
	}

	/**
	 * Find the names of the clients among the keys below {@code xhr.clients}. An
	 * environment variable cannot spell a dash or a capital: its {@code orderservice} is
	 * the {@code order-service} of a file.
	 * @param keys the keys in their order
	 * @return the names
	 * @throws InvalidXhrPropertyException if a key is no name, or two keys in different
	 * spellings are one property
	 */
	static List<String> of(Collection<String> keys) {
		Map<String, String> names = new LinkedHashMap<>();
		for (String key : keys) {
			check(key);
			names.merge(uniform(key), key, ClientNames::merge);
		}
		return List.copyOf(names.values());
	}

	private static void check(String name) {
		String property = PREFIX + "[" + name + "]";
		if (!NAME.matcher(name).matches()) {
			throw new InvalidXhrPropertyException(property,
					"the name of a client consists of letters, digits and dashes, and begins with a letter", null,
					"Rename the client.");
		}
		if (uniform(name).equals(DEFAULT)) {
			throw new InvalidXhrPropertyException(property, "this is the name of the client that xhr.* configures",
					null, "Move its properties from '" + PREFIX + "." + name + ".' to 'xhr.', or rename the client.");
		}
	}

	private static String merge(String one, String other) {
		if (one.equals(uniform(one))) {
			return other;
		}
		if (other.equals(uniform(other)) || one.equals(other)) {
			return one;
		}
		throw new InvalidXhrPropertyException(PREFIX + "." + other, "it is the same client as '" + one + "'", null,
				"Spell the name of the client in one way.");
	}

	/**
	 * Put a name into the form in which Spring Boot compares the names of properties.
	 */
	static String uniform(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the name of the bean that is a client.
	 * @param name the client's name, such as {@code order-service}
	 * @return the bean's name, such as {@code orderServiceXhrFactory}
	 */
	static String beanName(String name) {
		return beanName(name, XhrFactory.class);
	}

	/**
	 * Return the name of a bean that is for a client.
	 * @param name the client's name
	 * @param type the type of the bean
	 * @return the bean's name, such as {@code orderServiceCookieStore}
	 */
	static String beanName(String name, Class<?> type) {
		StringBuilder camelCase = new StringBuilder();
		for (String word : name.split("-")) {
			camelCase.append(StringUtils.capitalize(word));
		}
		return StringUtils.uncapitalize(camelCase.toString()) + type.getSimpleName();
	}

}
