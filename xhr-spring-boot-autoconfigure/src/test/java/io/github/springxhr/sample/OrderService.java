package io.github.springxhr.sample;

import io.github.springxhr.service.XhrExchange;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

@XhrExchange("orders")
interface OrderService {

	@GetExchange("orders/{id}")
	Order find(@PathVariable String id);

	@PostExchange("orders")
	Mono<Order> place(@RequestBody Order order);

	record Order(String id, int count) {

	}

}
