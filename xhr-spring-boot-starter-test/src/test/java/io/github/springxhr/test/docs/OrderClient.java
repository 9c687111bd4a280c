package io.github.springxhr.test.docs;

import java.util.concurrent.CompletableFuture;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class OrderClient {

	private final XhrFactory orders;

	OrderClient(@Qualifier("orders") XhrFactory orders) {
		this.orders = orders;
	}

	CompletableFuture<String> status(String id) {
		XMLHttpRequest xhr = this.orders.create();
		xhr.open(HttpMethod.GET, "orders/{id}", id);
		return xhr.sendAsync(null).thenApply(XMLHttpRequest::getResponseText);
	}

}
