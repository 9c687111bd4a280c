package example.shop;

import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole service as its file configures it, but for where the others are and where
 * certificates lie. The client {@code stranger} differs from {@code accounts} in having no
 * certificate.
 */
@SpringBootTest(properties = { "ORDERS_SECRET=s3cret",
		"spring.security.oauth2.client.provider.orders.token-uri=${login.url}/token",
		"xhr.clients.stranger.ssl.bundle=stranger", "logging.level.WireMock=warn" })
@EnableWireMock({ @ConfigureWireMock(name = "catalog", baseUrlProperties = "xhr.clients.catalog.base-url"),
		@ConfigureWireMock(name = "accounts", httpsPort = 0, configurationCustomizers = MutualTls.class,
				httpsBaseUrlProperties = { "xhr.clients.accounts.base-url", "xhr.clients.stranger.base-url" }),
		@ConfigureWireMock(name = "login", baseUrlProperties = "login.url"),
		@ConfigureWireMock(name = "orders-1",
				baseUrlProperties = "spring.cloud.discovery.client.simple.instances.orders[0].uri"),
		@ConfigureWireMock(name = "orders-2",
				baseUrlProperties = "spring.cloud.discovery.client.simple.instances.orders[1].uri") })
abstract class AbstractShopTests {

	static final Duration LONG = Duration.ofSeconds(20);

	@InjectWireMock("catalog")
	WireMockServer catalogServer;

	@DynamicPropertySource
	static void certificates(DynamicPropertyRegistry properties) {
		String bundle = "spring.ssl.bundle.pem.accounts.";
		properties.add(bundle + "keystore.certificate", Certificates::shopCertificate);
		properties.add(bundle + "keystore.private-key", Certificates::shopKey);
		properties.add(bundle + "truststore.certificate", Certificates::authorityCertificate);
		properties.add("spring.ssl.bundle.pem.stranger.truststore.certificate", Certificates::authorityCertificate);
	}

}
