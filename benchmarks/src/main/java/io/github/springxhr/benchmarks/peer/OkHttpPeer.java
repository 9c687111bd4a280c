package io.github.springxhr.benchmarks.peer;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * OkHttp, asynchronous, with as many requests and connections as the others have.
 */
final class OkHttpPeer implements Peer {

	private static final int CONNECTIONS = 500;

	private final OkHttpClient client;

	OkHttpPeer() {
		Dispatcher dispatcher = new Dispatcher();
		dispatcher.setMaxRequests(CONNECTIONS);
		dispatcher.setMaxRequestsPerHost(CONNECTIONS);
		this.client = new OkHttpClient.Builder().dispatcher(dispatcher)
			.connectionPool(new ConnectionPool(CONNECTIONS, 1, TimeUnit.MINUTES))
			.build();
	}

	@Override
	public void start(Operation operation, String url, Completion completion) {
		this.client.newCall(new Request.Builder().url(url).build()).enqueue(new Callback() {

			@Override
			public void onResponse(Call call, Response response) throws IOException {
				try (response) {
					completion.completed(response.body().string().length());
				}
			}

			@Override
			public void onFailure(Call call, IOException failure) {
				completion.failed(failure);
			}

		});
	}

	@Override
	public void close() {
		this.client.dispatcher().executorService().shutdown();
		this.client.connectionPool().evictAll();
	}

}
