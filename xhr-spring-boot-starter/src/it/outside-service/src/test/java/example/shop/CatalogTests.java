package example.shop;

import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@EnableWireMock(@ConfigureWireMock(name = "catalog", baseUrlProperties = "xhr.clients.catalog.base-url"))
class CatalogTests {

	private static final Duration LONG = Duration.ofSeconds(10);

	@InjectWireMock("catalog")
	private WireMockServer server;

	@Autowired
	private Catalog catalog;

	@Test
	void anArticleIsBoundToItsType() {
		this.server.stubFor(get("/articles/7%20%2F%208").willReturn(okJson("{\"name\":\"lamp\",\"price\":25}")));
		assertThat(this.catalog.article("7 / 8").block(LONG)).isEqualTo(new Catalog.Article("lamp", 25));
	}

	@Test
	void theTimeoutOfTheFileApplies() {
		this.server.stubFor(get("/articles/9").willReturn(okJson("{}").withFixedDelay(8000)));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.catalog.article("9").block(LONG))
			.withMessageContaining("1000 ms");
	}

}
