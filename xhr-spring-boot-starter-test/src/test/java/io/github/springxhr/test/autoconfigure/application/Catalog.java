package io.github.springxhr.test.autoconfigure.application;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

@Service
public class Catalog {

	private final XhrFactory client;

	Catalog(@Qualifier("catalog") XhrFactory client) {
		this.client = client;
	}

	public XMLHttpRequest request() {
		return this.client.create();
	}

}
