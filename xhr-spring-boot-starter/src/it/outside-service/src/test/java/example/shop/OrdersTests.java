package example.shop;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.InjectWireMock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

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
			instance.stubFor(get(urlMatching("/orders/\\d+")).withHeader("Authorization", equalTo("Bearer t0ken"))
				.willReturn(ok("shipped").withFixedDelay(20)));
		}
	}

	@Test
	void anInstanceThatStopsUnderLoadIsNotNoticed() {
		List<String> states = Flux.range(0, 300)
			.flatMap((id) -> stopOneAt(id, 100).then(this.orders.state("" + id)), 10)
			.collectList()
			.block(LONG);
		assertThat(states).hasSize(300).containsOnly("shipped");
		assertThat(this.one.isRunning()).isFalse();
		this.two.verify(moreThan(150), getRequestedFor(urlMatching("/orders/.*")));
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
		this.one.verify(moreThan(0), getRequestedFor(urlMatching("/orders/\\d+")));
		this.two.verify(moreThan(0), getRequestedFor(urlMatching("/orders/\\d+")));
		this.catalogServer.verify(getRequestedFor(urlEqualTo("/moved")).withHeader("Authorization", absent()));
	}

	private Mono<Void> stopOneAt(int id, int stop) {
		return (id != stop) ? Mono.empty()
				: Mono.<Void>fromRunnable(this.one::stop).subscribeOn(Schedulers.boundedElastic());
	}

}
