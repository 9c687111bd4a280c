package io.github.springxhr.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface whose methods, which carry
 * {@link org.springframework.web.service.annotation.HttpExchange @HttpExchange} or a
 * shortcut of it, are requests of a named client. With Spring Boot, the interface becomes
 * a bean. Can be a meta-annotation.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface XhrExchange {

	/**
	 * Name of the client, as it is spelled in the configuration.
	 * @return the name; empty for the default client
	 */
	String value() default "";

}
