package io.github.springxhr.benchmarks.peer;

import java.net.http.HttpClient;
import java.util.Objects;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * RestClient over the JDK's HttpClient, which is what Spring Boot gives it unless there
 * is another.
 */
final class RestClientPeer implements Peer {

	private final RestClient client = RestClient.create()
		.mutate()
		.requestFactory(
				new JdkClientHttpRequestFactory(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()))
		.build();

	@Override
	public void start(Operation operation, String url, Completion completion) {
		long size;
		try {
			RestClient.ResponseSpec response = this.client.get().uri(url).retrieve();
			size = (operation == Operation.JSON) ? Objects.requireNonNull(response.body(Order.class)).id()
					: Objects.requireNonNull(response.body(String.class)).length();
		}
		catch (RuntimeException ex) {
			completion.failed(ex);
			return;
		}
		completion.completed(size);
	}

	@Override
	public boolean isBlocking() {
		return true;
	}

	@Override
	public void close() {
		// its threads are daemons
	}

}
