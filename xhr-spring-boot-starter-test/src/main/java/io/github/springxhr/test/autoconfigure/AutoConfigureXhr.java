package io.github.springxhr.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.AutoConfigureJson;

/**
 * Imports the auto-configurations that XHR clients need into a test: the clients
 * themselves, WebClient, the settings of HTTP clients, SSL bundles and Jackson, and where
 * they are on the class path, the OAuth2 clients and the load balancer; no metrics. Most
 * tests use {@link XhrTest @XhrTest}, which brings it.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@AutoConfigureJson
@ImportAutoConfiguration
public @interface AutoConfigureXhr {

}
