package io.github.springxhr.benchmarks.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.StreamBody;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.reliability.Scene;
import io.github.springxhr.reliability.Upload;
import io.github.springxhr.webclient.ResolvedTransport;
import io.github.springxhr.webclient.TlsSettings;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * This library.
 */
final class XhrFaultClient implements FaultClient {

	private final XhrFactory factory;

	XhrFaultClient(Limits limits) {
		TlsSettings tls = TlsSettings.defaults().withTrust(Scene.CERTIFICATES.trust());
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
			.connectTimeout(limits.connect())
			.timeout(limits.time())
			.tls(tls);
		if (limits.size() != null) {
			builder.maxResponseSize(limits.size());
		}
		if (limits.names() != null) {
			builder.transport(ResolvedTransport.of(limits.names(), tls));
		}
		this.factory = builder.build();
	}

	@Override
	public Reply send(Order request) throws Exception {
		XMLHttpRequest xhr = this.factory.create();
		CountDownLatch ended = new CountDownLatch(1);
		xhr.setOnloadend((event) -> ended.countDown());
		xhr.open(request.method(), request.url());
		xhr.setResponseType(XMLHttpRequestResponseType.ARRAYBUFFER);
		send(xhr, request);
		ended.await();
		FetchFailure failure = xhr.getFailure();
		if (failure != null) {
			throw new Failed(failure.kind().toString());
		}
		return Reply.of(xhr.getStatus(), xhr::getResponseHeader, Body.of((byte[]) xhr.getResponse()));
	}

	private static void send(XMLHttpRequest xhr, Order request) {
		Upload upload = request.upload();
		if (upload == null) {
			xhr.send();
		}
		else if (upload.isSound()) {
			xhr.send(upload.parts().get(0));
		}
		else {
			Flux<ByteBuffer> source = Flux.fromIterable(upload.parts()).map(ByteBuffer::wrap);
			xhr.send(new StreamBody(
					upload.fails() ? source.concatWith(Flux.error(new IOException("on purpose"))) : source,
					upload.length()));
		}
	}

	@Override
	public void close() {
		this.factory.close();
	}

	/**
	 * Has the kind of the failure in place of a class of exceptions.
	 */
	static final class Failed extends Exception {

		private static final long serialVersionUID = 1L;

		Failed(String kind) {
			super(Objects.requireNonNull(kind));
		}

	}

}
