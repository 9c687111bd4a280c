package example.shop;

import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * The whole service as its file configures it, but for where the others are.
 */
@SpringBootTest(properties = { "ORDERS_SECRET=s3cret",
		"spring.security.oauth2.client.provider.orders.token-uri=${login.url}/token",
		"logging.level.WireMock=warn" })
@EnableWireMock({ @ConfigureWireMock(name = "catalog", baseUrlProperties = "xhr.clients.catalog.base-url"),
		@ConfigureWireMock(name = "accounts", baseUrlProperties = "xhr.clients.accounts.base-url"),
		@ConfigureWireMock(name = "login", baseUrlProperties = "login.url"),
		@ConfigureWireMock(name = "orders-1",
				baseUrlProperties = "spring.cloud.discovery.client.simple.instances.orders[0].uri"),
		@ConfigureWireMock(name = "orders-2",
				baseUrlProperties = "spring.cloud.discovery.client.simple.instances.orders[1].uri") })
abstract class AbstractShopTests {

	static final Duration LONG = Duration.ofSeconds(20);

	@InjectWireMock("catalog")
	WireMockServer catalogServer;

}
