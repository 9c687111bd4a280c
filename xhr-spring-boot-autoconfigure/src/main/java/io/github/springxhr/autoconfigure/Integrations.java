package io.github.springxhr.autoconfigure;

import io.github.springxhr.fetch.AuthorizationProvider;
import io.github.springxhr.webclient.CrossOriginFilter;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What optional libraries and the rest of the application do for clients.
 *
 * @param tokens Spring Security's OAuth2 client, if it is there
 * @param loadBalancing Spring Cloud LoadBalancer, if it is there
 * @param tlsBundles the application's SSL bundles
 */
record Integrations(ObjectProvider<TokenProviders> tokens, ObjectProvider<LoadBalancing> loadBalancing,
		TlsBundles tlsBundles) {

	static final String OAUTH2_REMEDY = "Set the id of a registration below "
			+ "'spring.security.oauth2.client.registration', and add the dependency "
			+ "org.springframework.boot:spring-boot-starter-security-oauth2-client if it is missing.";

	static final String LOAD_BALANCER_REMEDY = "Add the dependency "
			+ "org.springframework.cloud:spring-cloud-loadbalancer, and do not set "
			+ "'spring.cloud.loadbalancer.enabled' to false.";

	/**
	 * Return what has the tokens of a registration.
	 * @throws IllegalArgumentException if there is none
	 */
	AuthorizationProvider tokens(String clientName, String registrationId) {
		TokenProviders available = this.tokens.getIfAvailable();
		if (available == null) {
			throw new IllegalArgumentException("Spring Security's OAuth2 client is not on the class path");
		}
		return available.of(clientName, registrationId);
	}

	boolean canBalance() {
		return this.loadBalancing.getIfAvailable() != null;
	}

	CrossOriginFilter balance(ServiceAddress service) {
		return this.loadBalancing.getObject().filter(service);
	}

}
