package io.github.springxhr.benchmarks.faults;

import java.io.IOException;
import java.net.URI;

import io.github.springxhr.reliability.Scene;
import io.github.springxhr.reliability.Upload;
import io.github.springxhr.webclient.ResolvedTransport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * WebClient with the connector that Spring Boot gives it.
 */
final class WebClientFaultClient implements FaultClient {

	private final WebClient client;

	WebClientFaultClient(Limits limits) {
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withTimeouts(limits.connect(), limits.time())
			.withSslBundle(SslBundle.of(SslStoreBundle.NONE, SslBundleKey.NONE, SslOptions.NONE,
					SslBundle.DEFAULT_PROTOCOL, SslManagerBundle.from(Scene.CERTIFICATES.trust())));
		WebClient.Builder builder = WebClient.builder()
			.clientConnector(ClientHttpConnectorBuilder.reactor()
				.withHttpClientCustomizer((http) -> resolving(http, limits))
				.build(settings));
		if (limits.size() != null) {
			int size = (int) limits.size().toBytes();
			builder.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(size));
		}
		this.client = builder.build();
	}

	private static HttpClient resolving(HttpClient http, Limits limits) {
		return (limits.names() != null) ? http.resolver(ResolvedTransport.resolver(limits.names())) : http;
	}

	@Override
	public Reply send(Order request) throws Exception {
		WebClient.RequestBodySpec spec = this.client.method(HttpMethod.valueOf(request.method()))
			.uri(URI.create(request.url()));
		try {
			ResponseEntity<byte[]> response = body(spec, request.upload()).retrieve().toEntity(byte[].class).block();
			if (response == null) {
				throw new IOException("nothing");
			}
			return Reply.of(response.getStatusCode().value(), response.getHeaders()::getFirst,
					Body.of(response.getBody()));
		}
		catch (WebClientResponseException ex) {
			if (ex.getCause() instanceof Exception cause) {
				throw cause;
			}
			return Reply.of(ex.getStatusCode().value(), ex.getHeaders()::getFirst,
					Body.of(ex.getResponseBodyAsByteArray()));
		}
		catch (WebClientRequestException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	private static WebClient.RequestHeadersSpec<?> body(WebClient.RequestBodySpec spec, @Nullable Upload upload) {
		if (upload == null) {
			return spec;
		}
		if (upload.isSound()) {
			return spec.bodyValue(upload.parts().get(0));
		}
		if (upload.length() >= 0) {
			spec.contentLength(upload.length());
		}
		Flux<DataBuffer> source = Flux.fromIterable(upload.parts()).map(DefaultDataBufferFactory.sharedInstance::wrap);
		return spec.body(upload.fails() ? source.concatWith(Flux.error(new IOException("on purpose"))) : source,
				DataBuffer.class);
	}

	@Override
	public void close() {
		// its threads and its pool are those of all
	}

}
