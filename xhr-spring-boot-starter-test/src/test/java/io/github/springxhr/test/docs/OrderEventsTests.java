package io.github.springxhr.test.docs;

import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.http.CorsFailure;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.test.XhrEventRecorder;
import io.github.springxhr.test.autoconfigure.XhrTest;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.springxhr.test.XhrAssertions.assertThat;

@XhrTest(properties = { "xhr.clients.orders.timeout=1s", "xhr.clients.prices.origin=https://shop.example" })
@EnableWireMock({ @ConfigureWireMock(name = "orders", baseUrlProperties = "xhr.clients.orders.base-url"),
		@ConfigureWireMock(name = "prices", baseUrlProperties = "xhr.clients.prices.base-url") })
class OrderEventsTests {

	@InjectWireMock("orders")
	private WireMockServer ordersServer;

	@InjectWireMock("prices")
	private WireMockServer pricesServer;

	@Autowired
	@Qualifier("orders")
	private XhrFactory orders;

	@Autowired
	@Qualifier("prices")
	private XhrFactory prices;

	@Test
	void anUploadTellsOfItsProgress() {
		this.ordersServer.stubFor(post("/orders").willReturn(ok("done").withHeader("Content-Length", "4")));
		XMLHttpRequest request = this.orders.create();
		XhrEventRecorder recorder = XhrEventRecorder.of(request);
		request.open("POST", "orders");
		request.send("one article");
		recorder.awaitEnd(Duration.ofSeconds(10));
		assertThat(recorder).mergingProgress()
			.containsExactly("readystatechange 1", "loadstart(0,0,false)", "upload.loadstart(0,11,true)",
					"upload.progress(11,11,true)", "upload.load(11,11,true)", "upload.loadend(11,11,true)",
					"readystatechange 2", "readystatechange 3", "progress(4,4,true)", "readystatechange 4",
					"load(4,4,true)", "loadend(4,4,true)");
		assertThat(request).succeeded().hasStatus(200).hasResponseText("done");
	}

	@Test
	void aServerThatIsTooSlowIsATimeout() {
		this.ordersServer.stubFor(get("/slow").willReturn(ok().withFixedDelay(5000)));
		XhrEventRecorder recorder = send(this.orders, "slow");
		assertThat(recorder).endsExactlyOnceWith(XhrEventType.TIMEOUT);
		assertThat(recorder).request().failedWith(FailureKind.TIMEOUT, Phase.HEADERS);
	}

	@Test
	void aServerThatDoesNotShareIsACorsFailure() {
		this.pricesServer.stubFor(get("/prices").willReturn(ok("1.50")));
		XhrEventRecorder recorder = send(this.prices, "prices");
		assertThat(recorder).endsExactlyOnceWith(XhrEventType.ERROR).hasNoUploadEvents();
		assertThat(recorder).request().failedCors(CorsFailure.Step.ALLOW_ORIGIN).doesNotHaveHeader("Content-Type");
	}

	private static XhrEventRecorder send(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		XhrEventRecorder recorder = XhrEventRecorder.ofRequestOnly(request);
		request.open("GET", url);
		request.send();
		return recorder.awaitEnd(Duration.ofSeconds(10));
	}

}
