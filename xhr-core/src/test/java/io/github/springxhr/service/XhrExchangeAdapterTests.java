package io.github.springxhr.service;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.XhrListener;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.URLSearchParams;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.service.Orders.Order;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.util.DefaultUriBuilderFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Calls of an interface, and what goes over the wire for them.
 */
class XhrExchangeAdapterTests {

	private static final String ORDER = "{\"id\":\"7\",\"count\":2}";

	private final List<XhrListener.Sending> sent = new CopyOnWriteArrayList<>();

	private final List<XhrListener.Result> results = new CopyOnWriteArrayList<>();

	private @Nullable FaultServer server;

	private @Nullable XhrFactory factory;

	@AfterEach
	void close() {
		if (this.factory != null) {
			this.factory.close();
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	private Orders orders(String response) {
		return orders(Script.keepAlive((connection) -> connection.readRequest().send(response)), (builder) -> builder);
	}

	private Orders orders(Script script, Function<XhrFactoryBuilder, XhrFactoryBuilder> settings) {
		return HttpServiceProxyFactory.builderFor(adapter(script, settings)).build().createClient(Orders.class);
	}

	private XhrExchangeAdapter adapter(Script script, Function<XhrFactoryBuilder, XhrFactoryBuilder> settings) {
		this.server = FaultServer.start(script);
		this.factory = settings
			.apply(XhrFactory.builder(WebClient.builder())
				.baseUrl(this.server.url("/api/"))
				.timeout(Duration.ofSeconds(10))
				.listener((client, request) -> new Recorder()))
			.build();
		return XhrExchangeAdapter.create(this.factory);
	}

	private RecordedRequest received() {
		assertThat(this.server).isNotNull();
		assertThat(this.server.requests()).hasSize(1);
		return this.server.requests().get(0);
	}

	@Test
	void variablesGoWhereTheTemplateNamesThem() {
		Order order = orders(Responses.ok(ORDER)).order("a b", "7/8", List.of("x&y", "é"));
		assertThat(order).isEqualTo(new Order("7", 2));
		assertThat(received().requestLine()).isEqualTo("GET /orders/7%2F8/items/a%20b?q=x%26y&q=%C3%A9 HTTP/1.1");
		assertThat(this.sent).singleElement()
			.satisfies((sending) -> assertThat(sending.uriTemplate()).startsWith("/orders/{id}/items/{item}?"));
		assertThat(this.results).singleElement().satisfies((result) -> assertThat(result.status()).isEqualTo(200));
	}

	@Test
	void aVariableWithoutAValueIsRefused() {
		HttpRequestValues values = HttpRequestValues.builder()
			.setHttpMethod(HttpMethod.GET)
			.setUriTemplate("/{id}")
			.build();
		assertThatIllegalArgumentException().isThrownBy(() -> adapter(Script.keepAlive((connection) -> {
		}), (builder) -> builder).exchange(values)).withMessage("The URL template has no value for 'id'");
	}

	@Test
	void aVariableThatWouldLeaveItsSegmentIsRefused() {
		Orders orders = orders(Responses.ok(ORDER));
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> orders.order("..", "7", List.of("x")))
			.withMessageContaining("dot segment");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aUriIsTakenAsItIs() {
		assertThat(orders(Responses.ok("hi")).at(URI.create("other?x=%41"))).isEqualTo("hi");
		assertThat(received().target()).isEqualTo("/api/other?x=%41");
		assertThat(this.sent.get(0).uriTemplate()).isNull();
	}

	@Test
	void aUriBuilderFactoryExpandsTheTemplate() {
		XhrExchangeAdapter adapter = adapter((connection) -> connection.readRequest().send(Responses.ok("")),
				(builder) -> builder);
		adapter.exchange(HttpRequestValues.builder()
			.setHttpMethod(HttpMethod.GET)
			.setUriBuilderFactory(new DefaultUriBuilderFactory(this.server.url("/elsewhere")))
			.setUriTemplate("/{id}")
			.setUriVariable("id", "7")
			.build());
		assertThat(received().target()).isEqualTo("/elsewhere/7");
	}

	@Test
	void theMethodMayBeAnArgument() {
		assertThat(orders(Responses.ok("hi")).method(HttpMethod.PATCH)).isEqualTo("hi");
		assertThat(received().method()).isEqualTo("PATCH");
	}

	@Test
	void headersAndCookiesAreSent() {
		orders(Responses.ok("hi")).headers(List.of("1", "2"), "x", "y z");
		assertThat(received().header("X-One")).isEqualTo("1, 2");
		assertThat(received().header("Accept")).isEqualTo("text/plain");
		assertThat(received().header("Cookie")).isEqualTo("a=x; b=y z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x; admin=1", "x\r\nX: y" })
	void aCookieCannotBringAnother(String value) {
		Orders orders = orders(Responses.ok("hi"));
		assertThatIllegalArgumentException().isThrownBy(() -> orders.headers(List.of("1"), value, "y"))
			.withMessage("The cookie 'a' has a character that would end it");
		assertThat(this.server.requests()).isEmpty();
	}

	static Stream<Arguments> bodies() {
		MultiValueMap<String, String> map = new LinkedMultiValueMap<>(Map.of("a", List.of("1 2", "é")));
		return Stream.of(Arguments.of("tëxt", "text/plain;charset=UTF-8", "tëxt"),
				Arguments.of(new byte[] { 'a', 'b' }, null, "ab"),
				Arguments.of(ByteBuffer.wrap(new byte[] { 'a', 'b' }), null, "ab"),
				Arguments.of(new ByteArrayResource(new byte[] { 'a', 'b' }), null, "ab"),
				Arguments.of(new Blob(List.of("ab"), "text/css"), "text/css", "ab"),
				Arguments.of(new URLSearchParams("a=b"), "application/x-www-form-urlencoded;charset=UTF-8", "a=b"),
				Arguments.of(map, "application/x-www-form-urlencoded;charset=UTF-8", "a=1+2&a=%C3%A9"),
				Arguments.of(new Order("7", 2), "application/json", ORDER),
				Arguments.of(List.of(1, 2), "application/json", "[1,2]"));
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void aBodyIsSentByItsType(Object body, @Nullable String type, String bytes) {
		assertThat(orders(Responses.ok("ok")).post(body)).isEqualTo("ok");
		assertThat(received().header("Content-Type")).isEqualTo(type);
		assertThat(new String(received().body(), StandardCharsets.UTF_8)).isEqualTo(bytes);
	}

	@Test
	void theTypeOfTheMethodIsKept() {
		orders(Responses.ok("ok")).postAsJson(new Order("7", 2));
		assertThat(received().header("Content-Type")).isEqualTo("application/vnd.order+json");
		assertThat(received().bodyText()).isEqualTo(ORDER);
	}

	@Test
	void anObjectIsNotSentAsAnythingButJson() {
		Orders orders = orders(Responses.ok("ok"));
		assertThatIllegalArgumentException().isThrownBy(() -> orders.postAsXml(new Order("7", 2)))
			.withMessageEndingWith("cannot be sent as application/xml");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aGetHasNoBody() {
		Orders orders = orders(Responses.ok("ok"));
		assertThatIllegalArgumentException().isThrownBy(() -> orders.getWithBody("lost?"))
			.withMessage("A GET request has no body");
	}

	@Test
	void publishersAreSent() {
		Orders orders = orders(Responses.ok("ok"));
		orders.postMono(Mono.just(new Order("7", 2)));
		orders.postFlux(Flux.just(new Order("7", 2), new Order("8", 1)));
		orders.postTexts(Flux.just("a", "b"));
		orders.postBytes(Flux.just(new byte[] { 'c' }, new byte[] { 'd' }));
		orders.postBuffers(Flux.just(ByteBuffer.wrap(new byte[] { 'e' })));
		assertThat(this.server.requests()).extracting(RecordedRequest::bodyText)
			.containsExactly(ORDER, "[" + ORDER + ",{\"id\":\"8\",\"count\":1}]", "ab", "cd", "e");
	}

	@Test
	void parametersBecomeAForm() {
		orders(Responses.ok("ok")).form("A B", "Köln");
		assertThat(received().bodyText()).isEqualTo("name=A+B&town=K%C3%B6ln");
		assertThat(received().header("Content-Type")).startsWith("application/x-www-form-urlencoded");
	}

	@Test
	void partsHaveABoundaryAndTheirTypes() {
		orders(Responses.ok("ok")).parts("a note", new Order("7", 2), new ByteArrayResource(new byte[] { 'x' }) {
			@Override
			public String getFilename() {
				return "f.css";
			}
		});
		String type = received().header("Content-Type");
		assertThat(type).startsWith("multipart/form-data; boundary=");
		assertThat(received().bodyText()).contains(type.substring(type.indexOf('=') + 1))
			.contains("name=\"note\"\r\n\r\na note\r\n", "application/json\r\n\r\n" + ORDER,
					"name=\"file\"; filename=\"f.css\"\r\nContent-Type: text/css\r\n\r\nx\r\n");
	}

	@Test
	void theMapperOfTheFactoryReadsAndWrites() {
		JsonMapper mapper = JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
			.build();
		Orders orders = orders(
				Script.keepAlive(
						(connection) -> connection.readRequest().send(Responses.ok("{\"Id\":\"7\",\"Count\":2}"))),
				(builder) -> builder.jsonMapper(mapper));
		assertThat(orders.optional()).contains(new Order("7", 2));
		orders.post(new Order("8", 1));
		assertThat(this.server.requests().get(1).bodyText()).isEqualTo("{\"Id\":\"8\",\"Count\":1}");
	}

	@Test
	void returnTypesAreReadAsTheyAre() throws Exception {
		Orders orders = orders(Responses.ok("<a/>", "Content-Type: text/xml", "X-A: 1"));
		assertThat(orders.text()).isEqualTo("<a/>");
		assertThat(orders.bytes()).containsExactly('<', 'a', '/', '>');
		assertThat(orders.buffer().remaining()).isEqualTo(4);
		assertThat(orders.resource().getContentAsByteArray()).hasSize(4);
		assertThat(orders.blob().text()).isEqualTo("<a/>");
		assertThat(orders.document().getDocumentElement().getTagName()).isEqualTo("a");
		assertThat(orders.bodiless().getHeaders().getFirst("X-A")).isEqualTo("1");
		orders.nothing();
		orders.monoOfNothing().block();
	}

	@Test
	void jsonIsBound() {
		Orders orders = orders(Responses.ok("[" + ORDER + "]"));
		assertThat(orders.list()).containsExactly(new Order("7", 2));
		assertThat(orders.json().get(0).get("id").asString()).isEqualTo("7");
		StepVerifier.create(orders.flux()).expectNext(new Order("7", 2)).verifyComplete();
		StepVerifier.create(orders.entityOfFlux().flatMapMany((entity) -> entity.getBody()))
			.expectNext(new Order("7", 2))
			.verifyComplete();
	}

	@Test
	void anEntityHasStatusHeadersAndBody() {
		var entity = orders(Responses.response("201 Created", ORDER, "Location: /orders/7")).entity();
		assertThat(entity.getStatusCode()).isEqualTo(HttpStatus.CREATED);
		assertThat(entity.getHeaders().getLocation()).hasPath("/orders/7");
		assertThat(entity.getBody()).isEqualTo(new Order("7", 2));
	}

	@Test
	void headersAreReturned() {
		HttpHeaders headers = orders(Responses.head("200 OK", "X-A: 1", "Content-Length: 5")).head();
		assertThat(headers.getFirst("x-a")).isEqualTo("1");
	}

	@Test
	void anEmptyBodyIsNoValue() {
		Orders orders = orders(Responses.head("204 No Content"));
		assertThat(orders.optional()).isEmpty();
		assertThat(orders.text()).isNull();
		assertThat(orders.entity().getBody()).isNull();
		StepVerifier.create(orders.mono()).verifyComplete();
		StepVerifier.create(orders.flux()).verifyComplete();
	}

	@Test
	void aStreamOfTextsIsNotSupported() {
		Orders orders = orders(Responses.ok("a"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> orders.texts().blockLast())
			.withMessageStartingWith("A response cannot be read as a stream of String");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void attributesAndVersionsAreNotSilentlyLost() {
		XhrExchangeAdapter adapter = adapter(Script.keepAlive((connection) -> {
		}), (builder) -> builder);
		HttpRequestValues.Builder values = HttpRequestValues.builder()
			.setHttpMethod(HttpMethod.GET)
			.setUriTemplate("/");
		assertThat(adapter.supportsRequestAttributes()).isFalse();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> adapter.exchange(values.addAttribute("key", "secret").build()))
			.withMessage("Request attributes are not supported, and there are [key]");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> adapter.exchange(values.configureAttributes(Map::clear).setApiVersion("1.0").build()))
			.withMessageStartingWith("API versions are not supported");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 422, 500, 503 })
	void anErrorStatusIsAnException(int status) {
		Orders orders = orders(Responses.response(status + " X", "{\"count\":3,\"id\":\"secret\"}",
				"Content-Type: application/json", "X-A: 1"));
		assertThatExceptionOfType(XhrResponseException.class)
			.isThrownBy(() -> orders.order("1", "2", List.of("secret")))
			.satisfies((ex) -> {
				assertThat(ex).isInstanceOf(RestClientResponseException.class);
				assertThat(ex.getStatusCode().value()).isEqualTo(status);
				assertThat(ex.getResponseHeaders().getFirst("X-A")).isEqualTo("1");
				assertThat(ex.getResponseBodyAsString()).contains("secret");
				assertThat(ex.getResponseBodyAs(Order.class)).isEqualTo(new Order("secret", 3));
				assertThat(ex.toString()).doesNotContain("secret")
					.contains(status + " ", "in answer to GET /orders/{id}/items/{item}");
			});
	}

	@Test
	void anErrorWithoutABodyIsAnExceptionToo() {
		Orders orders = orders(Responses.response("404 Not Found", ""));
		assertThatExceptionOfType(XhrResponseException.class).isThrownBy(orders::blob)
			.withMessage("404 Not Found in answer to GET /bytes")
			.satisfies((ex) -> assertThat(ex.getResponseBodyAsByteArray()).isEmpty());
	}

	@Test
	void aBodyThatIsNotJsonIsADecodingException() {
		assertThatExceptionOfType(DecodingException.class).isThrownBy(orders(Responses.ok("{secret"))::entity)
			.withMessage("The response is not JSON");
	}

	@Test
	void jsonThatDoesNotFitIsADecodingException() {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(orders(Responses.ok("{\"count\":\"secret\"}"))::entity)
			.withMessage("The JSON of the response does not fit " + Order.class.getName());
	}

	@Test
	void aThreadThatMustNotBlockIsToldBeforeAnythingIsSent() {
		Orders orders = orders(Responses.ok(ORDER));
		Mono<Object> call = Mono.<Object>fromCallable(orders::entity).subscribeOn(Schedulers.parallel());
		assertThatIllegalStateException().isThrownBy(call::block).withMessageContaining("must not block");
		Mono<Object> optional = Mono.<Object>fromCallable(orders::optional).subscribeOn(Schedulers.parallel());
		assertThatIllegalStateException().isThrownBy(optional::block).withMessageContaining("must not block");
		assertThat(this.sent).isEmpty();
	}

	@Test
	void theTimeToBlockIsRespectedAndTheRequestAborted() {
		XhrExchangeAdapter adapter = adapter((connection) -> connection.readRequest().awaitPeerClosed(),
				(builder) -> builder);
		adapter.setBlockTimeout(Duration.ofMillis(50));
		Orders orders = HttpServiceProxyFactory.builderFor(adapter).build().createClient(Orders.class);
		assertThatIllegalStateException().isThrownBy(orders::text);
		assertAborted();
		assertThatIllegalStateException().isThrownBy(orders::optional);
	}

	@Test
	void cancellingTheMonoAborts() {
		Orders orders = orders((connection) -> connection.readRequest().open("received").awaitPeerClosed(),
				(builder) -> builder);
		StepVerifier.create(orders.mono()).then(() -> this.server.await("received")).thenCancel().verify();
		this.server.awaitAllClosed(Duration.ofSeconds(10));
		assertAborted();
	}

	@Test
	void interruptingTheThreadAborts() throws Exception {
		Orders orders = orders((connection) -> connection.readRequest().open("received").awaitPeerClosed(),
				(builder) -> builder);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread thread = new Thread(() -> {
			try {
				orders.text();
			}
			catch (Throwable ex) {
				failure.set(ex);
			}
		});
		thread.start();
		this.server.await("received");
		thread.interrupt();
		thread.join(10_000);
		assertThat(failure.get()).hasCauseInstanceOf(InterruptedException.class);
		this.server.awaitAllClosed(Duration.ofSeconds(10));
		assertAborted();
	}

	@Test
	void everySubscriptionIsARequest() {
		Mono<Order> mono = orders(Responses.ok(ORDER)).mono();
		assertThat(this.server.requests()).isEmpty();
		assertThat(mono.block()).isEqualTo(mono.block());
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void aClientWithAnOriginMayWaitToo() {
		Orders orders = orders(
				(connection) -> connection.readRequest()
					.send(Responses.ok("hi", "Access-Control-Allow-Origin: https://shop.example")),
				(builder) -> builder.origin("https://shop.example"));
		assertThat(orders.text()).isEqualTo("hi");
		assertThat(received().header("Origin")).isEqualTo("https://shop.example");
	}

	@Test
	void aRelativeUrlWithoutABaseUrlIsRefused() {
		try (XhrFactory plain = XhrFactory.builder(WebClient.builder()).build()) {
			XhrExchangeAdapter adapter = XhrExchangeAdapter.create(plain);
			HttpRequestValues values = HttpRequestValues.builder()
				.setHttpMethod(HttpMethod.GET)
				.setUriTemplate("/a")
				.build();
			assertThatExceptionOfType(XhrException.class)
				.isThrownBy(() -> adapter.exchangeForBody(values, ParameterizedTypeReference.forType(String.class)))
				.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("SyntaxError"))
				.satisfies((ex) -> assertThat(ex.getFailure()).isNull());
		}
	}

	private void assertAborted() {
		await().until(() -> !this.results.isEmpty());
		assertThat(this.results.get(0).failure().kind()).isEqualTo(FailureKind.ABORT);
	}

	private final class Recorder implements XhrListener {

		@Override
		public ExchangeListener sent(Sending sending) {
			XhrExchangeAdapterTests.this.sent.add(sending);
			return new ExchangeListener() {
				@Override
				public void ended(Result result) {
					XhrExchangeAdapterTests.this.results.add(result);
				}
			};
		}

	}

}
