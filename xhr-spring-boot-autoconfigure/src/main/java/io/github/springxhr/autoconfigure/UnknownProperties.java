package io.github.springxhr.autoconfigure;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Refuses properties below {@code xhr} that there are not: a misspelled time limit or
 * token would be missed in production only. Environment variables and system properties
 * are exempt, as everywhere in Spring Boot: other programs set them too.
 */
final class UnknownProperties {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("xhr");

	private UnknownProperties() {
	}

	/**
	 * Refuse unknown properties. Wrong values are not looked for.
	 * @param environment the environment
	 * @throws InvalidXhrPropertyException if there is one; says nothing of its value
	 */
	static void refuse(Environment environment) {
		UnboundElementsSourceFilter filter = new UnboundElementsSourceFilter();
		if (!hasProperties(environment, filter)) {
			return;
		}
		try {
			Binder.get(environment)
				.bind(ROOT, Bindable.of(XhrProperties.class),
						new NoUnboundElementsBindHandler(new IgnoreTopLevelConverterNotFoundBindHandler(), filter));
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				throw failure(unbound.getUnboundProperties().iterator().next().getName());
			}
		}
	}

	/** To bind takes longer than to look whether there is anything. */
	private static boolean hasProperties(Environment environment, UnboundElementsSourceFilter filter) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (filter.apply(source) && source.containsDescendantOf(ROOT) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

	private static InvalidXhrPropertyException failure(ConfigurationPropertyName name) {
		String nearest = nearest(name);
		return new InvalidXhrPropertyException(name.toString(), "there is no such property", null,
				(nearest != null) ? "Did you mean '" + nearest + "'? Correct the name, or remove the property."
						: "Correct the name, or remove the property.");
	}

	/**
	 * Find the name in which the first wrong word is replaced by a similar one.
	 */
	private static @Nullable String nearest(ConfigurationPropertyName name) {
		ResolvableType type = ResolvableType.forClass(XhrProperties.class);
		for (int i = 1; i < name.getNumberOfElements(); i++) {
			String word = name.getElement(i, Form.ORIGINAL);
			if (Map.class.isAssignableFrom(type.toClass())) {
				type = type.asMap().getGeneric(1);
			}
			else {
				Map<String, ResolvableType> known = known(type.toClass());
				String similar = similar(word, known);
				if (similar == null || distance(word, similar) > 0) {
					return (similar != null) ? rename(name, i, similar) : null;
				}
				type = known.getOrDefault(similar, ResolvableType.NONE);
			}
		}
		return null;
	}

	private static String rename(ConfigurationPropertyName name, int index, String word) {
		String rest = name.toString().substring(name.chop(index + 1).toString().length());
		return name.chop(index) + "." + word + rest;
	}

	/** Values have no properties, even if their types have some. */
	private static Map<String, ResolvableType> known(Class<?> type) {
		Map<String, ResolvableType> known = new LinkedHashMap<>();
		if (type.getPackage() == UnknownProperties.class.getPackage() && !type.isEnum()) {
			for (var property : BeanUtils.getPropertyDescriptors(type)) {
				if (property.getReadMethod() != null && !property.getName().equals("class")) {
					known.put(DataObjectPropertyName.toDashedForm(property.getName()),
							ResolvableType.forMethodReturnType(property.getReadMethod()));
				}
			}
		}
		return known;
	}

	private static @Nullable String similar(String word, Map<String, ResolvableType> known) {
		return known.keySet()
			.stream()
			.filter((candidate) -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
			.min(Comparator.comparingInt((candidate) -> distance(word, candidate)))
			.orElse(null);
	}

	/**
	 * Count the letters to insert, remove or replace.
	 */
	private static int distance(String one, String other) {
		String from = ClientNames.uniform(one);
		String to = ClientNames.uniform(other);
		int[] row = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[to.length()];
	}

}
