package io.github.springxhr.autoconfigure;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.service.XhrExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says why there is no client: {@code xhr.enabled} is false. Comes before Spring Boot's
 * own analyzer, which does not know of HTTP service clients.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class XhrDisabledFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final @Nullable Environment environment;

	XhrDisabledFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = cause.getBeanType();
		if (this.environment == null || type == null || !isOurs(type)
				|| this.environment.getProperty("xhr.enabled", Boolean.class, true)) {
			return null;
		}
		return new FailureAnalysis(
				"A bean of type '" + type.getName() + "' is needed, but 'xhr.enabled' is false, so that there is none.",
				"Remove 'xhr.enabled', or set it to true, or define the bean yourself.", cause);
	}

	private static boolean isOurs(Class<?> type) {
		return type == XhrFactory.class || type == XhrFactories.class || type == XhrExchangeClients.class
				|| AnnotatedElementUtils.hasAnnotation(type, XhrExchange.class);
	}

}
