package example.shop;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.InjectWireMock;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThan;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test stops an instance or leaves a token behind, so that none shares its context.
 */
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class OrdersTests extends AbstractShopTests {

	private static final String ORDERS = "/orders/\\d+";

	@InjectWireMock("login")
	private WireMockServer login;

	@InjectWireMock("orders-1")
	private WireMockServer one;

	@InjectWireMock("orders-2")
	private WireMockServer two;

	@Autowired
	private Orders orders;

	@BeforeEach
	void grantAndRequireAToken() {
		this.login.stubFor(post("/token").withBasicAuth("shop", "s3cret")
			.withFormParam("grant_type", equalTo("client_credentials"))
			.willReturn(okJson("{\"access_token\":\"t0ken\",\"token_type\":\"Bearer\",\"expires_in\":3600}")));
		for (WireMockServer instance : List.of(this.one, this.two)) {
			instance.stubFor(get(urlMatching(ORDERS)).withHeader("Authorization", equalTo("Bearer t0ken"))
				.willReturn(ok("shipped")));
		}
	}

	/**
	 * It breaks connections, and then accepts none. (A server of WireMock that is stopped
	 * under load answers with 503 first, which is a response.)
	 */
	@Test
	void anInstanceThatDiesUnderLoadIsNotNoticed() {
		this.one.stubFor(get(urlMatching(ORDERS)).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		assertThat(states(40)).hasSize(40).containsOnly("shipped");
		this.one.verify(moreThan(0), getRequestedFor(urlMatching(ORDERS)));
		this.one.stop();
		assertThat(states(10)).hasSize(10).containsOnly("shipped");
		this.login.verify(1, postRequestedFor(urlEqualTo("/token")));
	}

	@Test
	void theTokenGoesToInstancesOnly() {
		String elsewhere = this.catalogServer.baseUrl() + "/moved";
		this.one.stubFor(get("/orders/moved").willReturn(temporaryRedirect(elsewhere)));
		this.two.stubFor(get("/orders/moved").willReturn(temporaryRedirect(elsewhere)));
		this.catalogServer.stubFor(get("/moved").willReturn(ok("elsewhere")));
		assertThat(this.orders.state("1").block(LONG)).isEqualTo("shipped");
		assertThat(this.orders.state("2").block(LONG)).isEqualTo("shipped");
		assertThat(this.orders.state("moved").block(LONG)).isEqualTo("elsewhere");
		this.one.verify(moreThan(0), getRequestedFor(urlMatching(ORDERS)));
		this.two.verify(moreThan(0), getRequestedFor(urlMatching(ORDERS)));
		this.catalogServer.verify(getRequestedFor(urlEqualTo("/moved")).withHeader("Authorization", absent()));
	}

	private List<String> states(int count) {
		return Flux.range(1, count).flatMap((id) -> this.orders.state("" + id)).collectList().block(LONG);
	}

}
