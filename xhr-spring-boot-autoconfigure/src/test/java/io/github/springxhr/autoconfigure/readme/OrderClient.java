package io.github.springxhr.autoconfigure.readme;

import java.util.function.Consumer;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class OrderClient {

	private static final Logger log = LoggerFactory.getLogger(OrderClient.class);

	private final XhrFactory orders;

	OrderClient(@Qualifier("orders") XhrFactory orders) {
		this.orders = orders;
	}

	void fetch(String id, Consumer<String> done) {
		XMLHttpRequest xhr = this.orders.create();
		xhr.setOnprogress((event) -> log.info("{} of {} bytes", event.getLoaded(), event.getTotal()));
		xhr.setOnload((event) -> done.accept(xhr.getStatus() + " " + xhr.getResponseText()));
		xhr.setOnerror((event) -> log.warn("{}", xhr.getFailure()));
		xhr.setOntimeout((event) -> log.warn("{}", xhr.getFailure()));
		xhr.open(HttpMethod.GET, "orders/{id}", id);
		xhr.send();
	}

}
