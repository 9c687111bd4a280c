package io.github.springxhr.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.LoadBalancerProperties;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an instance makes of the URL of a service.
 */
class LoadBalancedFilterTests {

	@ParameterizedTest
	@CsvSource({ "lb://orders/, http://orders/a%2Fb?c=%20d, 10.0.0.1, 8080, false, http://10.0.0.1:8080/a%2Fb?c=%20d",
			"lb://orders/, http://orders/, 10.0.0.1, 8443, true, https://10.0.0.1:8443/",
			"https://orders/, https://orders/a, 10.0.0.1, 8080, false, https://10.0.0.1:8080/a",
			"https://orders/, https://orders/a, a.example, 0, true, https://a.example/a",
			"lb://orders/, http://orders/a, ::1, 8080, false, http://[::1]:8080/a",
			"lb://orders/, http://orders/a, [::1], 8080, false, http://[::1]:8080/a",
			"lb://orders/, https://orders/a, 10.0.0.1, 8080, false, https://orders/a",
			"lb://orders/, http://orders:81/a, 10.0.0.1, 8080, false, http://orders:81/a",
			"lb://orders/, http://other/a, 10.0.0.1, 8080, false, http://other/a" })
	void putsTheInstanceIntoThePlaceOfTheService(String baseUrl, URI logical, String host, int port, boolean secure,
			URI physical) {
		LoadBalancedFilter filter = new LoadBalancedFilter(ServiceAddress.of(baseUrl),
				new OneInstance(new DefaultServiceInstance("1", "orders", host, port, secure), new ArrayList<>()));
		AtomicReference<URI> sentTo = new AtomicReference<>();
		filter.filter(ClientRequest.create(HttpMethod.GET, logical).build(), (request) -> {
			sentTo.set(request.url());
			return Mono.empty();
		}).block();
		assertThat(sentTo).hasValue(physical);
	}

	@Test
	void isFirstAskedWhereItMayBlock() {
		OneInstance orders = new OneInstance(new DefaultServiceInstance("1", "orders", "10.0.0.1", 80, false),
				new CopyOnWriteArrayList<>());
		LoadBalancedFilter filter = new LoadBalancedFilter(ServiceAddress.of("lb://orders/"), orders);
		for (int i = 0; i < 2; i++) {
			Mono.defer(() -> filter.filter(ClientRequest.create(HttpMethod.GET, URI.create("http://orders/")).build(),
					(request) -> Mono.empty()))
				.subscribeOn(Schedulers.parallel())
				.block();
		}
		assertThat(orders.askedOn()).hasSize(2);
		assertThat(orders.askedOn().get(0)).startsWith("boundedElastic-");
		assertThat(orders.askedOn().get(1)).startsWith("parallel-");
	}

	private record OneInstance(ServiceInstance instance,
			List<String> askedOn) implements ReactiveLoadBalancer.Factory<ServiceInstance> {

		@Override
		public LoadBalancerProperties getProperties(String serviceId) {
			this.askedOn.add(Thread.currentThread().getName());
			return new LoadBalancerProperties();
		}

		@Override
		public ReactiveLoadBalancer<ServiceInstance> getInstance(String serviceId) {
			return (request) -> Mono.just(new DefaultResponse(this.instance));
		}

		@Override
		public <X> Map<String, X> getInstances(String name, Class<X> type) {
			return Map.of();
		}

		@Override
		public <X> X getInstance(String name, Class<?> type, Class<?>... generics) {
			throw new UnsupportedOperationException();
		}

	}

}
