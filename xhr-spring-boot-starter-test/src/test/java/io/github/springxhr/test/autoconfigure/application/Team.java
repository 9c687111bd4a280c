package io.github.springxhr.test.autoconfigure.application;

import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

@Component
public class Team implements WebClientCustomizer {

	@Override
	public void customize(WebClient.Builder builder) {
		builder.defaultHeader("X-Team", "checkout");
	}

}
