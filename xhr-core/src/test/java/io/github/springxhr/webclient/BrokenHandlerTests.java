package io.github.springxhr.webclient;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.LeftoversGuard;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Url;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whoever is told of an exchange fails in the middle of it, which is a bug: the exchange
 * ends once, and its connection is not used again.
 */
class BrokenHandlerTests {

	@ParameterizedTest(name = "filters: {0}")
	@ValueSource(booleans = { false, true })
	void exchangeEndsOnceAndItsConnectionIsClosed(boolean filtered) {
		WebClient.Builder builder = WebClient.builder();
		if (filtered) {
			builder.filter((request, next) -> next.exchange(request));
		}
		BrokenHandler handler = new BrokenHandler();
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead()
			.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
			.awaitPeerClosed()
			.open("closed")); NetworkTransport transport = transport(builder)) {
			transport
				.start(new NetworkRequest("GET", Objects.requireNonNull(Url.parse(server.url("/"), null)),
						new HeaderList(), null, true, Map.of()), handler)
				.request(8);
			server.await("closed");
			await().until(() -> transport.connectionUsage().active() == 0 && handler.told.contains("failed"));
		}
		assertThat(handler.told).containsExactly("head 200", "chunk 5", "failed");
		assertThat(LeftoversGuard.take()).isEmpty();
	}

	private static NetworkTransport transport(WebClient.Builder builder) {
		return new WebClientTransport(builder, new TransportSettings("broken", Duration.ofSeconds(10), Duration.ZERO,
				false, null, PoolSettings.defaults(), null, null), true);
	}

	/**
	 * Fails when it gets a part of the body.
	 */
	private static final class BrokenHandler implements NetworkHandler {

		private final List<String> told = new CopyOnWriteArrayList<>();

		@Override
		public void connected(ConnectionInfo connection) {
			// of no interest
		}

		@Override
		public void requestBodyWritten(int bytes) {
			this.told.add("written " + bytes);
		}

		@Override
		public void requestBodyEnd() {
			this.told.add("request end");
		}

		@Override
		public void responseHead(int status, String statusMessage, HeaderList headers) {
			this.told.add("head " + status);
		}

		@Override
		public void bodyChunk(BodyChunk chunk) {
			this.told.add("chunk " + chunk.length());
			chunk.release();
			throw new IllegalStateException("on purpose");
		}

		@Override
		public void bodyEnd() {
			this.told.add("end");
		}

		@Override
		public void failed(FetchFailure failure) {
			this.told.add("failed");
		}

	}

}
