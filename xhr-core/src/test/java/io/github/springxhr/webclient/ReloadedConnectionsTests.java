package io.github.springxhr.webclient;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Url;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.Mockito.mock;

/**
 * When connections are made anew.
 */
class ReloadedConnectionsTests {

	private final ReloadableTls tls = new ReloadableTls(TlsSettings.defaults());

	private final List<TlsMaterial> made = new ArrayList<>();

	private final ReloadedConnections connections = new ReloadedConnections(this.tls, (material) -> {
		this.made.add(material);
		return new Connections(new TransportSettings("test", Duration.ofSeconds(10), false, null), material,
				(client) -> client.mapConnect((connecting) -> Mono.error(new IOException("not connected"))),
				new PoolUsage());
	});

	@Test
	void noneAreMadeAfterClosing() {
		this.connections.close();
		this.tls.update(TlsSettings.defaults());
		connect();
		assertThat(this.made).hasSize(1);
	}

	@Test
	void newOnesAreMadeOnceAfterAnUpdate() {
		this.tls.update(TlsSettings.defaults());
		connect();
		connect();
		assertThat(this.made).hasSize(2).doesNotHaveDuplicates();
		this.connections.close();
	}

	private void connect() {
		WebClientExchange exchange = new WebClientExchange(new NetworkRequest("GET",
				Objects.requireNonNull(Url.parse("http://127.0.0.1/", null)), new HeaderList(), null, true, Map.of()),
				mock(NetworkHandler.class), true);
		assertThatException().isThrownBy(() -> this.connections.connector()
			.connect(HttpMethod.GET, URI.create("http://127.0.0.1/"), (request) -> request.setComplete())
			.contextWrite((context) -> context.put(WebClientExchange.class, exchange))
			.block(Duration.ofSeconds(10)));
	}

}
