package io.github.springxhr.test.autoconfigure;

import io.github.springxhr.autoconfigure.XhrFactories;
import io.github.springxhr.test.autoconfigure.application.Application;
import io.github.springxhr.test.autoconfigure.application.Container;
import io.github.springxhr.test.autoconfigure.application.Shop;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.context.ApplicationContext;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients with tokens of OAuth2 and clients of services with instances are there in
 * {@link XhrTest @XhrTest} too, with the application's own additions to clients.
 */
@XhrTest(properties = { "xhr.clients.orders.base-url=lb://orders/",
		"spring.cloud.discovery.client.simple.instances.orders[0].uri=http://127.0.0.1/",
		"xhr.clients.billing.base-url=https://billing.example/",
		"xhr.clients.billing.credentials.oauth2.registration-id=shop",
		"spring.security.oauth2.client.registration.shop.client-id=me",
		"spring.security.oauth2.client.registration.shop.client-secret=secret",
		"spring.security.oauth2.client.registration.shop.authorization-grant-type=client_credentials",
		"spring.security.oauth2.client.provider.shop.token-uri=http://127.0.0.1/token" })
@ContextConfiguration(classes = Application.class)
class XhrTestIntegrationsTests {

	@Autowired
	private ApplicationContext context;

	@Test
	void clientsAreMade() {
		XhrFactories factories = this.context.getBean(XhrFactories.class);
		assertThat(factories.names()).containsExactlyInAnyOrder("orders", "billing");
		assertThat(factories.get("orders").create()).isNotNull();
		assertThat(factories.get("billing").create()).isNotNull();
		assertThat(this.context.getBeanNamesForType(ClientRegistrationRepository.class)).hasSize(1);
		assertThat(this.context.getBeanNamesForType(ReactiveLoadBalancer.Factory.class)).hasSize(1);
	}

	@Test
	void whatTheApplicationAddsToClientsIsFound() {
		assertThat(this.context.getBeanNamesForType(Shop.class)).hasSize(1);
		assertThat(this.context.getBeanNamesForType(Container.class)).hasSize(1);
	}

}
