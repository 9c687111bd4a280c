package io.github.springxhr.shop;

import java.util.Map;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code docs/cors-testing.md}, against the service as it should be.
 * {@link CorsMistakesTests} runs the same method against the service as it should not be.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class OrdersCorsTests {

	@Test
	void pagesOfTheShopMayChangeAnOrder(@LocalServerPort int port) {
		try (XhrFactory shop = XhrFactory.builder(WebClient.builder()).origin("https://shop.example").build()) {
			XMLHttpRequest xhr = shop.create();
			xhr.open("PUT", "http://localhost:" + port + "/orders/7", false);
			xhr.setWithCredentials(true);
			xhr.setRequestHeader("X-Request-Id", "42");
			xhr.sendJson(Map.of("quantity", 2));
			assertThat(xhr.getStatus()).isEqualTo(204);
			assertThat(xhr.getResponseHeader("ETag")).isEqualTo("\"8\"");
		}
	}

}
