package io.github.springxhr.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ClientNames}.
 */
class ClientNamesTests {

	@ParameterizedTest
	@CsvSource({ "orders, ordersXhrFactory", "order-service, orderServiceXhrFactory",
			"orderService, orderServiceXhrFactory", "Orders, ordersXhrFactory", "s3, s3XhrFactory",
			"a-b-2, aB2XhrFactory" })
	void theBeanHasACamelCaseName(String name, String beanName) {
		assertThat(ClientNames.beanName(name)).isEqualTo(beanName);
	}

	@Test
	void theOrderIsKept() {
		assertThat(ClientNames.of(List.of("orders", "billing", "audit"))).containsExactly("orders", "billing", "audit");
	}

	@Test
	void anEnvironmentVariablesSpellingIsTheFilesName() {
		assertThat(ClientNames.of(List.of("orderservice", "order-service"))).containsExactly("order-service");
		assertThat(ClientNames.of(List.of("orderService", "orderservice"))).containsExactly("orderService");
	}

	@Test
	void twoSpellingsThatAreOnePropertyAreRefused() {
		assertThatExceptionOfType(InvalidXhrPropertyException.class)
			.isThrownBy(() -> ClientNames.of(List.of("order-service", "orderService")))
			.withMessageContaining("xhr.clients.orderService")
			.withMessageContaining("same client as 'order-service'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-a", "a.b", "a_b", "a b", "\u00E4" })
	void otherCharactersAreRefused(String name) {
		assertThatExceptionOfType(InvalidXhrPropertyException.class).isThrownBy(() -> ClientNames.of(List.of(name)))
			.withMessageContaining("xhr.clients[" + name + "]");
	}

	@Test
	void theDefaultClientsNameIsRefused() {
		assertThatExceptionOfType(InvalidXhrPropertyException.class)
			.isThrownBy(() -> ClientNames.of(List.of("default")))
			.withMessageContaining("xhr.clients[default]");
	}

}
