package io.github.springxhr.autoconfigure.readme;

import java.time.Duration;

import io.github.springxhr.XhrFactory;

import org.springframework.web.reactive.function.client.WebClient;

class WithoutSpringBoot {

	XhrFactory create() {
		XhrFactory factory = XhrFactory.builder(WebClient.builder()).timeout(Duration.ofSeconds(5)).build();
		return factory;
	}

}
