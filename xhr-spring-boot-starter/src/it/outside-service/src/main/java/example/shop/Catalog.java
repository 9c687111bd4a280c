package example.shop;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * A client with a timeout.
 */
@Component
class Catalog {

	private final XhrFactory client;

	Catalog(@Qualifier("catalog") XhrFactory client) {
		this.client = client;
	}

	Mono<Article> article(String id) {
		XMLHttpRequest request = this.client.create();
		request.open(HttpMethod.GET, "articles/{id}", id);
		request.setResponseType(XMLHttpRequestResponseType.JSON);
		return request.exchange(null).mapNotNull((done) -> done.getResponse(Article.class));
	}

	record Article(String name, int price) {

	}

}
