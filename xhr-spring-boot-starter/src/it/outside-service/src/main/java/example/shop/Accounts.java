package example.shop;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.form.URLSearchParams;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A client that proves who it is, and keeps cookies.
 */
@Component
class Accounts {

	private final XhrFactory client;

	Accounts(@Qualifier("accounts") XhrFactory client) {
		this.client = client;
	}

	Mono<Integer> logIn(String user) {
		XMLHttpRequest request = this.client.create();
		request.open("POST", "login");
		URLSearchParams form = new URLSearchParams();
		form.append("user", user);
		return request.exchange(form).map(XMLHttpRequest::getStatus);
	}

	Mono<String> balance() {
		XMLHttpRequest request = this.client.create();
		request.open("GET", "balance");
		return request.exchange(null).map(XMLHttpRequest::getResponseText);
	}

}
