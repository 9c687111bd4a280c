package io.github.springxhr.benchmarks.peer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * The JDK's HttpClient, asynchronous.
 */
final class JdkPeer implements Peer {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Override
	public void start(Operation operation, String url, Completion completion) {
		this.client.sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
			.whenComplete((response, failure) -> {
				if (failure != null) {
					completion.failed(failure);
				}
				else {
					completion.completed(response.body().length());
				}
			});
	}

	@Override
	public void close() {
		// its threads are daemons
	}

}
