package io.github.springxhr.sample;

import io.github.springxhr.service.XhrExchange;

import org.springframework.web.service.annotation.GetExchange;

@XhrExchange
interface PlainService {

	@GetExchange("plain")
	String get();

}
