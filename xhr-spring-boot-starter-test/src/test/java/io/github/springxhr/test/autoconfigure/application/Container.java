package io.github.springxhr.test.autoconfigure.application;

import io.github.springxhr.autoconfigure.XhrClientConnectionDetails;

import org.springframework.stereotype.Component;

@Component
public class Container implements XhrClientConnectionDetails {

	@Override
	public String getClient() {
		return "default";
	}

	@Override
	public String getBaseUrl() {
		return "http://localhost/";
	}

}
