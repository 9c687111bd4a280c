package example.shop;

import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@EnableWireMock({ @ConfigureWireMock(name = "accounts", baseUrlProperties = "xhr.clients.accounts.base-url"),
		@ConfigureWireMock(name = "catalog", baseUrlProperties = "xhr.clients.catalog.base-url") })
class AccountsTests {

	private static final Duration LONG = Duration.ofSeconds(10);

	@InjectWireMock("accounts")
	private WireMockServer accountsServer;

	@InjectWireMock("catalog")
	private WireMockServer catalogServer;

	@Autowired
	private Accounts accounts;

	@Autowired
	private Catalog catalog;

	@Test
	void theCookieComesBackToItsClientOnly() {
		this.accountsServer.stubFor(post("/login").withFormParam("user", equalTo("ada"))
			.willReturn(noContent().withHeader("Set-Cookie", "session=s1; HttpOnly")));
		this.accountsServer
			.stubFor(get("/balance").withCookie("session", equalTo("s1")).willReturn(ok("12.50")));
		this.catalogServer.stubFor(get("/articles/7").willReturn(okJson("{\"name\":\"lamp\",\"price\":25}")));
		assertThat(this.accounts.logIn("ada").block(LONG)).isEqualTo(204);
		assertThat(this.accounts.balance().block(LONG)).isEqualTo("12.50");
		assertThat(this.catalog.article("7").block(LONG)).isNotNull();
		this.catalogServer
			.verify(getRequestedFor(urlEqualTo("/articles/7")).withHeader("Cookie", absent()));
	}

}
