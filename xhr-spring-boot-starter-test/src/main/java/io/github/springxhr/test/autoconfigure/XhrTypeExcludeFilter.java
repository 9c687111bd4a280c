package io.github.springxhr.test.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.springxhr.autoconfigure.XhrClientConnectionDetails;
import io.github.springxhr.autoconfigure.XhrCustomizer;
import tools.jackson.databind.JacksonModule;

import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.boot.webclient.WebClientCustomizer;

/**
 * Leaves out the components that {@link XhrTest @XhrTest} does not include.
 */
class XhrTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<XhrTest> {

	private static final Class<?>[] NO_COMPONENTS = {};

	private static final Set<Class<?>> KNOWN_INCLUDES = Set.of(JacksonComponent.class, JacksonModule.class,
			WebClientCustomizer.class, XhrClientConnectionDetails.class, XhrCustomizer.class);

	private final Set<Class<?>> components;

	XhrTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		Class<?>[] components = getAnnotation().getValue("components", Class[].class).orElse(NO_COMPONENTS);
		this.components = new LinkedHashSet<>(Arrays.asList(components));
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return KNOWN_INCLUDES;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return this.components;
	}

}
