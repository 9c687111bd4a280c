package io.github.springxhr.autoconfigure;

import java.util.List;

import io.github.springxhr.XhrFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says which qualifier names a client that there is not, and which there are. Comes
 * before Spring Boot's own analyzer, which does not know where clients come from.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class UnknownXhrFactoryFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final @Nullable Environment environment;

	UnknownXhrFactoryFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		String client = (cause.getBeanType() == XhrFactory.class) ? qualifier(rootFailure) : null;
		if (this.environment == null || client == null) {
			return null;
		}
		List<String> names = ClientNames.configuredBy(this.environment);
		return new FailureAnalysis(
				String.format("%s needs the XHR client '%s', which there is not; the named clients are %s.",
						(description != null) ? description : "A bean", client, names),
				"Correct the name in the qualifier, or configure '" + ClientNames.PREFIX + "." + client + "'.", cause);
	}

	private @Nullable String qualifier(Throwable rootFailure) {
		UnsatisfiedDependencyException failure = findMostNestedCause(rootFailure);
		InjectionPoint injectionPoint = (failure != null) ? failure.getInjectionPoint() : null;
		Qualifier qualifier = (injectionPoint != null) ? injectionPoint.getAnnotation(Qualifier.class) : null;
		return (qualifier != null) ? qualifier.value() : null;
	}

	private static @Nullable UnsatisfiedDependencyException findMostNestedCause(Throwable failure) {
		UnsatisfiedDependencyException found = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			found = (cause instanceof UnsatisfiedDependencyException unsatisfied) ? unsatisfied : found;
		}
		return found;
	}

}
