package io.github.springxhr.test.autoconfigure.application;

import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.autoconfigure.XhrCustomizer;

import org.springframework.stereotype.Component;

@Component
public class Shop implements XhrCustomizer {

	@Override
	public void customize(String client, XhrFactoryBuilder builder) {
	}

}
