package io.github.springxhr.benchmarks.peer;

import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.io.CloseMode;

/**
 * Apache HttpClient 5, asynchronous, with as many connections as the others have.
 */
final class ApachePeer implements Peer {

	private static final int CONNECTIONS = 500;

	private final CloseableHttpAsyncClient client = HttpAsyncClients.custom()
		.setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
			.setMaxConnTotal(CONNECTIONS)
			.setMaxConnPerRoute(CONNECTIONS)
			.build())
		.build();

	ApachePeer() {
		this.client.start();
	}

	@Override
	public void start(Operation operation, String url, Completion completion) {
		SimpleHttpRequest request = SimpleRequestBuilder.get(url).build();
		this.client.execute(request, new FutureCallback<SimpleHttpResponse>() {

			@Override
			public void completed(SimpleHttpResponse response) {
				completion.completed(response.getBodyText().length());
			}

			@Override
			public void failed(Exception failure) {
				completion.failed(failure);
			}

			@Override
			public void cancelled() {
				completion.failed(new IllegalStateException("cancelled"));
			}

		});
	}

	@Override
	public void close() {
		this.client.close(CloseMode.IMMEDIATE);
	}

}
