package io.github.springxhr.test.docs;

import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.springxhr.test.autoconfigure.XhrTest;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.beans.factory.annotation.Autowired;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

@XhrTest(components = OrderClient.class,
		properties = { "xhr.clients.orders.base-url=${wiremock.server.baseUrl}/api/",
				"xhr.clients.orders.headers.X-Team=checkout" })
@EnableWireMock
class OrderClientTests {

	@InjectWireMock
	private WireMockServer server;

	@Autowired
	private OrderClient client;

	@Test
	void statusIsTheTextOfTheResponse() {
		this.server.stubFor(get("/api/orders/7").willReturn(ok("shipped")));
		assertThat(this.client.status("7")).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo("shipped");
		this.server.verify(getRequestedFor(urlEqualTo("/api/orders/7")).withHeader("X-Team", equalTo("checkout")));
	}

	@Test
	void aBrokenConnectionIsAFailure() {
		this.server.stubFor(get("/api/orders/8").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		assertThat(this.client.status("8")).failsWithin(10, TimeUnit.SECONDS);
	}

}
