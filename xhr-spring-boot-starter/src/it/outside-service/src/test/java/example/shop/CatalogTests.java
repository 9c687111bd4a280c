package example.shop;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CatalogTests extends AbstractShopTests {

	@Autowired
	private Catalog catalog;

	@Test
	void anArticleIsBoundToItsType() {
		this.catalogServer
			.stubFor(get("/articles/7%20%2F%208").willReturn(okJson("{\"name\":\"lamp\",\"price\":25}")));
		assertThat(this.catalog.article("7 / 8").block(LONG)).isEqualTo(new Catalog.Article("lamp", 25));
	}

	@Test
	void theTimeoutOfTheFileApplies() {
		this.catalogServer.stubFor(get("/articles/9").willReturn(okJson("{}").withFixedDelay(8000)));
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.catalog.article("9").block(LONG))
			.withMessageContaining("1000 ms");
	}

}
