package io.github.springxhr.autoconfigure;

import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Says which property stopped the start, where it is set, and what to do about it.
 */
final class InvalidXhrPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidXhrPropertyException> {

	private final @Nullable Environment environment;

	InvalidXhrPropertyFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidXhrPropertyException cause) {
		StringBuilder description = new StringBuilder(String.valueOf(cause.getMessage())).append('.');
		String value = cause.getShownValue();
		Origin origin = origin(cause.getPropertyName());
		if (value != null || origin != null) {
			description.append(String.format("%n"));
		}
		if (value != null) {
			description.append(String.format("%n    Value: \"%s\"", value));
		}
		if (origin != null) {
			description.append(String.format("%n    Origin: %s", origin));
		}
		return new FailureAnalysis(description.toString(), cause.getRemedy(), cause);
	}

	private @Nullable Origin origin(String propertyName) {
		if (!(this.environment instanceof ConfigurableEnvironment configurable)) {
			return null;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(propertyName, '.');
		return StreamSupport
			.stream(ConfigurationPropertySources.from(configurable.getPropertySources()).spliterator(), false)
			.map((source) -> source.getConfigurationProperty(name))
			.filter((property) -> property != null)
			.findFirst()
			.map(ConfigurationProperty::getOrigin)
			.orElse(null);
	}

}
