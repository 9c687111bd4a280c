package io.github.springxhr.service;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

import io.github.springxhr.form.Blob;
import org.w3c.dom.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * One method for each form of arguments and return types.
 */
interface Orders {

	@GetExchange("/text")
	String text();

	@GetExchange("/orders/{id}/items/{item}")
	Order order(@PathVariable String item, @PathVariable String id, @RequestParam(name = "q") List<String> queries);

	@GetExchange("/void")
	void nothing();

	@GetExchange("/entity")
	ResponseEntity<Order> entity();

	@GetExchange("/bodiless")
	ResponseEntity<Void> bodiless();

	@HttpExchange(method = "HEAD", url = "/head")
	HttpHeaders head();

	@GetExchange("/optional")
	Optional<Order> optional();

	@GetExchange("/mono")
	Mono<Order> mono();

	@GetExchange("/mono")
	Mono<Void> monoOfNothing();

	@GetExchange("/list")
	List<Order> list();

	@GetExchange("/flux")
	Flux<Order> flux();

	@GetExchange("/flux")
	Mono<ResponseEntity<Flux<Order>>> entityOfFlux();

	@GetExchange("/texts")
	Flux<String> texts();

	@GetExchange("/bytes")
	byte[] bytes();

	@GetExchange("/bytes")
	ByteBuffer buffer();

	@GetExchange("/bytes")
	Resource resource();

	@GetExchange("/bytes")
	Blob blob();

	@GetExchange("/document")
	Document document();

	@GetExchange("/json")
	JsonNode json();

	@GetExchange
	String at(URI uri);

	@HttpExchange("/method")
	String method(HttpMethod method);

	@GetExchange(url = "/headers", accept = "text/plain")
	String headers(@RequestHeader("X-One") List<String> values, @CookieValue("a") String a, @CookieValue("b") String b);

	@PostExchange("/body")
	String post(@RequestBody Object body);

	@PostExchange(url = "/body", contentType = "application/vnd.order+json")
	String postAsJson(@RequestBody Object body);

	@PostExchange(url = "/body", contentType = "application/xml")
	String postAsXml(@RequestBody Object body);

	@GetExchange("/body")
	String getWithBody(@RequestBody String body);

	@PostExchange("/body")
	String postMono(@RequestBody Mono<Order> body);

	@PostExchange("/body")
	String postFlux(@RequestBody Flux<Order> body);

	@PostExchange("/body")
	String postTexts(@RequestBody Flux<String> body);

	@PostExchange("/body")
	String postBytes(@RequestBody Flux<byte[]> body);

	@PostExchange("/body")
	String postBuffers(@RequestBody Flux<ByteBuffer> body);

	@PostExchange(url = "/form", contentType = "application/x-www-form-urlencoded")
	String form(@RequestParam String name, @RequestParam String town);

	@PostExchange("/form")
	String map(@RequestBody MultiValueMap<String, String> form);

	@PostExchange(url = "/parts", contentType = "multipart/form-data")
	String parts(@RequestPart String note, @RequestPart Order order, @RequestPart Resource file);

	/** What is sent and received. */
	record Order(String id, int count) {

	}

}
