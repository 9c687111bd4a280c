package io.github.springxhr.benchmarks.faults;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

import io.github.springxhr.reliability.Scene;
import io.github.springxhr.reliability.Upload;
import org.jspecify.annotations.Nullable;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/**
 * The JDK's HttpClient.
 */
final class JdkFaultClient implements FaultClient {

	/** The file that the JDK looks names up in, if it has been told one. */
	static final String HOSTS = "jdk.net.hosts.file";

	private final HttpClient client;

	private final Duration time;

	JdkFaultClient(Limits limits) {
		this.client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NORMAL)
			.connectTimeout(limits.connect())
			.sslContext(Scene.CERTIFICATES.client())
			.build();
		this.time = limits.time();
		if (limits.names() != null) {
			write(limits);
		}
	}

	/** It takes no resolver. */
	private static void write(Limits limits) {
		try {
			Files.writeString(Path.of(System.getProperty(HOSTS)),
					limits.addresses("localhost")
						.stream()
						.map((address) -> address.getHostAddress() + " localhost\n")
						.collect(Collectors.joining()));
		}
		catch (UnknownHostException ex) {
			empty();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void empty() {
		try {
			Files.writeString(Path.of(System.getProperty(HOSTS)), "");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Reply send(Order request) throws Exception {
		HttpResponse<Body> response = this.client.send(HttpRequest.newBuilder(URI.create(request.url()))
			.method(request.method(), publisher(request.upload()))
			.timeout(this.time)
			.build(), (head) -> new Reader());
		return Reply.of(response.statusCode(), (name) -> response.headers().firstValue(name).orElse(null),
				response.body());
	}

	private static HttpRequest.BodyPublisher publisher(@Nullable Upload upload) {
		if (upload == null) {
			return HttpRequest.BodyPublishers.noBody();
		}
		if (upload.isSound()) {
			return HttpRequest.BodyPublishers.ofByteArray(upload.parts().get(0));
		}
		Flux<ByteBuffer> source = Flux.fromIterable(upload.parts()).map(ByteBuffer::wrap);
		Flow.Publisher<ByteBuffer> flow = JdkFlowAdapter.publisherToFlowPublisher(
				upload.fails() ? source.concatWith(Flux.error(new IOException("on purpose"))) : source);
		return (upload.length() < 0) ? HttpRequest.BodyPublishers.fromPublisher(flow)
				: HttpRequest.BodyPublishers.fromPublisher(flow, upload.length());
	}

	@Override
	public void close() {
		// its threads are daemons
	}

	/**
	 * {@link HttpResponse.BodyHandlers#ofByteArray()}, as far as bodies are read.
	 */
	private static final class Reader implements HttpResponse.BodySubscriber<Body> {

		private final CompletableFuture<Body> body = new CompletableFuture<>();

		private Flow.@Nullable Subscription subscription;

		private String start = "";

		private long length;

		@Override
		public CompletionStage<Body> getBody() {
			return this.body;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(List<ByteBuffer> items) {
			for (ByteBuffer item : items) {
				byte[] bytes = new byte[item.remaining()];
				item.get(bytes);
				this.start = Body.more(this.start, bytes, bytes.length);
				this.length += bytes.length;
			}
			if (this.length > Body.MOST && this.subscription != null) {
				this.subscription.cancel();
				this.body.complete(new Body(this.length, this.start, true));
			}
		}

		@Override
		public void onError(Throwable throwable) {
			this.body.completeExceptionally(throwable);
		}

		@Override
		public void onComplete() {
			this.body.complete(new Body(this.length, this.start, false));
		}

	}

}
