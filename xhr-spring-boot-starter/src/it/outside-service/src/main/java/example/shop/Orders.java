package example.shop;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * A client that shows a token to the instances of a service.
 */
@Component
class Orders {

	private final XhrFactory client;

	Orders(@Qualifier("orders") XhrFactory client) {
		this.client = client;
	}

	Mono<String> state(String id) {
		XMLHttpRequest request = this.client.create();
		request.open(HttpMethod.GET, "orders/{id}", id);
		return request.exchange(null).map(XMLHttpRequest::getResponseText);
	}

}
