package io.github.springxhr.shop;

import java.util.Map;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The service without any CORS configuration.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ShopService.OrderController.class)
class ShopService {

	@RestController
	static class OrderController {

		@PutMapping("/orders/{id}")
		ResponseEntity<Void> change(@PathVariable String id, @RequestBody Map<String, Object> order,
				@RequestHeader("X-Request-Id") String requestId) {
			return ResponseEntity.noContent().eTag("8").build();
		}

	}

}
