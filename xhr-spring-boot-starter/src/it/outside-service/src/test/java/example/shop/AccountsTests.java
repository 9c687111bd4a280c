package example.shop;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.InjectWireMock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

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

class AccountsTests extends AbstractShopTests {

	@InjectWireMock("accounts")
	private WireMockServer server;

	@Autowired
	private Accounts accounts;

	@Autowired
	private Catalog catalog;

	@Autowired
	@Qualifier("stranger")
	private XhrFactory stranger;

	@Test
	void theCookieComesBackToItsClientOnly() {
		this.server.stubFor(post("/login").withFormParam("user", equalTo("ada"))
			.willReturn(noContent().withHeader("Set-Cookie", "session=s1; Secure; HttpOnly")));
		this.server.stubFor(get("/balance").withCookie("session", equalTo("s1")).willReturn(ok("12.50")));
		this.catalogServer.stubFor(get("/articles/7").willReturn(okJson("{\"name\":\"lamp\",\"price\":25}")));
		assertThat(this.accounts.logIn("ada").block(LONG)).isEqualTo(204);
		assertThat(this.accounts.balance().block(LONG)).isEqualTo("12.50");
		assertThat(this.catalog.article("7").block(LONG)).isNotNull();
		this.catalogServer.verify(getRequestedFor(urlEqualTo("/articles/7")).withHeader("Cookie", absent()));
	}

	@Test
	void aClientWithoutACertificateIsNotLetIn() {
		this.server.stubFor(get("/balance").willReturn(ok("12.50")));
		XMLHttpRequest request = this.stranger.create();
		request.open("GET", "balance");
		request.exchange(null).onErrorComplete().block(LONG);
		assertThat(request.getFailure()).isNotNull();
		assertThat(request.getFailure().kind()).isEqualTo(FailureKind.TLS);
		this.server.verify(0, getRequestedFor(urlEqualTo("/balance")));
	}

}
