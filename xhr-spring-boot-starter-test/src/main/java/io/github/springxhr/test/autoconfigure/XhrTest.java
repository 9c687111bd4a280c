package io.github.springxhr.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Test slice for components that use XHR clients: an application context with the clients
 * that {@code xhr.*} configures and the components that are named, without web server,
 * data sources and metrics.
 * <p>
 * Of the application's components, these are found by themselves: beans with
 * {@code @JacksonComponent}, and those that implement {@code JacksonModule},
 * {@code WebClientCustomizer}, {@code XhrCustomizer} or
 * {@code XhrClientConnectionDetails}. A {@code @Configuration} that is scanned for is
 * left out, as in Spring Boot's slices; what is declared in the application class itself
 * is not.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(XhrTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(XhrTypeExcludeFilter.class)
@AutoConfigureXhr
@ImportAutoConfiguration
public @interface XhrTest {

	/**
	 * Properties in the form {@code key=value} for the environment of the test.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Alias for {@link #components()}.
	 * @return the components to test
	 */
	@AliasFor("components")
	Class<?>[] value() default {};

	/**
	 * Components of the application to test. None are needed where the test imports or
	 * makes them itself.
	 * @return the components to test
	 */
	@AliasFor("value")
	Class<?>[] components() default {};

	/**
	 * Whether the components that the slice finds by itself are included.
	 * @return {@code false} to leave them out
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Filters for components to be included as well.
	 * @return the filters
	 */
	ComponentScan.Filter[] includeFilters() default {};

	/**
	 * Filters for components to be left out.
	 * @return the filters
	 */
	ComponentScan.Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations to be left out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
