package io.github.springxhr.service;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A call that fails shows the failure of the plain request.
 */
class ServiceFailuresTests {

	private static final UnaryOperator<XhrFactoryBuilder> DEFAULTS = UnaryOperator.identity();

	static Stream<Arguments> faults() {
		return Stream.of(fault(FailureKind.CONNECTION_CLOSED,
				answer(Responses.head("200 OK", "Content-Length: 10") + "hello"), DEFAULTS),
				fault(FailureKind.PROTOCOL, answer("HTTP/1.1 99999 X\r\n\r\n"), DEFAULTS),
				fault(FailureKind.TIMEOUT, (connection) -> connection.readRequest().awaitPeerClosed(),
						(builder) -> builder.timeout(Duration.ofMillis(200))),
				fault(FailureKind.TOO_LARGE, answer(Responses.ok("0123456789")),
						(builder) -> builder.maxResponseSize(DataSize.ofBytes(9))),
				fault(FailureKind.REDIRECT, answer(Responses.redirect("302 Found", "/again")),
						(builder) -> builder.maxRedirects(0)),
				fault(FailureKind.CORS, answer(Responses.ok("hi")),
						(builder) -> builder.origin("https://shop.example")),
				fault(FailureKind.DECODE, answer(Responses.ok("no gzip", "Content-Encoding: gzip")), DEFAULTS));
	}

	private static Arguments fault(FailureKind kind, Script script, UnaryOperator<XhrFactoryBuilder> settings) {
		return Arguments.of(kind, script, settings);
	}

	private static Script answer(String response) {
		return (connection) -> connection.readRequest().send(response);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faults")
	void ofAServer(FailureKind kind, Script script, UnaryOperator<XhrFactoryBuilder> settings) {
		try (FaultServer server = FaultServer.start(script, script)) {
			assertSameFailure(kind, server.url("/"), settings);
		}
	}

	@Test
	void ofAPortThatRefuses() {
		try (DeadPort port = FaultServer.refusing()) {
			assertSameFailure(FailureKind.CONNECT, port.url("/"), DEFAULTS);
		}
	}

	@Test
	void ofAHostThatHasNoAddress() {
		assertSameFailure(FailureKind.RESOLVE, "http://no-such-host.invalid/", DEFAULTS);
	}

	@Test
	void ofAFactoryThatWasClosed() {
		assertSameFailure(FailureKind.CLOSED, "http://127.0.0.1/", (builder) -> builder);
	}

	private static void assertSameFailure(FailureKind kind, String baseUrl, UnaryOperator<XhrFactoryBuilder> settings) {
		XhrFactory factory = settings
			.apply(XhrFactory.builder(WebClient.builder()).baseUrl(baseUrl).timeout(Duration.ofSeconds(10)))
			.build();
		try {
			if (kind == FailureKind.CLOSED) {
				factory.close();
			}
			FetchFailure plain = plain(factory);
			assertThat(plain.kind()).isEqualTo(kind);
			Orders orders = HttpServiceProxyFactory.builderFor(XhrExchangeAdapter.create(factory))
				.build()
				.createClient(Orders.class);
			assertSame(catchThrowableOfType(XhrException.class, orders::text), plain);
		}
		finally {
			factory.close();
		}
	}

	private static void assertSame(XhrException exception, FetchFailure plain) {
		FetchFailure failure = exception.getFailure();
		assertThat(failure.kind()).isEqualTo(plain.kind());
		assertThat(failure.phase()).isEqualTo(plain.phase());
		assertThat(failure.message()).isEqualTo(plain.message());
		assertThat(failure.cors()).isEqualTo(plain.cors());
		assertThat(exception.getMessage()).contains(plain.toString());
	}

	private static FetchFailure plain(XhrFactory factory) {
		XMLHttpRequest request = factory.create();
		request.open("GET", "/text");
		catchThrowableOfType(CompletionException.class, () -> request.sendAsync(null).join());
		assertThat(request.getFailure()).isNotNull();
		return request.getFailure();
	}

}
