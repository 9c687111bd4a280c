package io.github.springxhr.unknown;

import io.github.springxhr.service.XhrExchange;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.annotation.GetExchange;

/**
 * An application whose interface names a client that there is not.
 */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class Unknown {

	@XhrExchange("oders")
	interface Misspelled {

		@GetExchange("/")
		String get();

	}

}
