package io.github.springxhr.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.LoadBalancerProperties;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the life cycle of the load balancer is told, with exchanges that are driven by
 * hand.
 */
class BalancedCallTests {

	private static final ClientRequest REQUEST = ClientRequest
		.create(HttpMethod.GET, URI.create("http://orders.example/"))
		.build();

	private final Orders orders = new Orders();

	private final LoadBalancedFilter filter = new LoadBalancedFilter(ServiceAddress.of("lb://orders.example/"),
			this.orders);

	private final List<String> sentTo = new ArrayList<>();

	@Test
	void anExchangeThatIsGivenUpIsOverOnce() {
		Sinks.One<ClientResponse> never = Sinks.one();
		this.filter.filter(REQUEST, (request) -> never.asMono()).subscribe().dispose();
		assertThat(this.orders.told).containsExactly("start", "request host0", "FAILED host0 CancellationException");
	}

	@Test
	void cancellingAfterTheResponseIsNoSecondEnd() {
		BalancedCall call = new BalancedCall("orders.example", this.orders, REQUEST);
		Sinks.Many<ClientResponse> open = Sinks.many().unicast().onBackpressureBuffer();
		Disposable exchange = call.observed(this.orders.instances.get(0), Mono.fromDirect(open.asFlux())).subscribe();
		open.tryEmitNext(ClientResponse.create(HttpStatus.OK).build());
		exchange.dispose();
		assertThat(this.orders.told).containsExactly("request host0", "SUCCESS host0");
	}

	@Test
	void anExchangeWithAResponseIsOverOnce() {
		this.filter.filter(REQUEST, answering(HttpStatus.OK)).block();
		assertThat(this.orders.told).containsExactly("start", "request host0", "SUCCESS host0");
	}

	@Test
	void eachAttemptStartsAndEnds() {
		assertThatThrownBy(() -> this.filter.filter(REQUEST, failing(new IOException("reset"))).block())
			.isInstanceOf(WebClientRequestException.class);
		assertThat(this.sentTo).hasSize(3).doesNotHaveDuplicates();
		assertThat(this.orders.told).hasSize(9);
		for (int i = 0; i < 3; i++) {
			assertThat(this.orders.told.subList(3 * i, 3 * i + 3)).containsExactly("start",
					"request " + this.sentTo.get(i), "FAILED " + this.sentTo.get(i) + " WebClientRequestException");
		}
	}

	@Test
	void aFailureOfTlsIsNotRepeated() {
		assertThatThrownBy(() -> this.filter.filter(REQUEST, failing(new SSLHandshakeException("no trust"))).block())
			.hasCauseInstanceOf(SSLHandshakeException.class);
		assertThat(this.sentTo).containsExactly("host0");
	}

	@Test
	void aChoiceWithoutAnInstanceIsDiscardedOnce() {
		this.orders.choice = Mono.just(new EmptyResponse());
		BalancedCall call = new BalancedCall("orders.example", this.orders, REQUEST);
		assertThat(call.choose().blockOptional()).isEmpty();
		assertThat(this.orders.told).containsExactly("start", "DISCARD");
	}

	@Test
	void aChoiceThatIsGivenUpIsDiscarded() {
		this.orders.choice = Mono.never();
		this.filter.filter(REQUEST, answering(HttpStatus.OK)).subscribe().dispose();
		assertThat(this.orders.told).containsExactly("start", "DISCARD");
	}

	@ParameterizedTest
	@CsvSource({ "orders.example, of-service, of-service", "default, of-all, of-all", "other, of-other, default" })
	void theHintIsThatOfTheServiceElseTheCommonOne(String key, String value, String hint) {
		this.orders.properties.getHint().put(key, value);
		this.filter.filter(REQUEST, answering(HttpStatus.OK)).block();
		assertThat(this.orders.hints).isNotEmpty().containsOnly(hint);
	}

	private ExchangeFunction answering(HttpStatus status) {
		return (request) -> Mono.just(ClientResponse.create(status).build());
	}

	private ExchangeFunction failing(IOException failure) {
		return (request) -> {
			this.sentTo.add(request.url().getHost());
			return Mono
				.error(new WebClientRequestException(failure, request.method(), request.url(), request.headers()));
		};
	}

	/**
	 * Four instances, of which the first one is chosen.
	 */
	private static final class Orders implements ReactiveLoadBalancer.Factory<ServiceInstance>,
			LoadBalancerLifecycle<RequestDataContext, ResponseData, ServiceInstance> {

		private final List<String> told = new ArrayList<>();

		private final List<String> hints = new ArrayList<>();

		private final LoadBalancerProperties properties = new LoadBalancerProperties();

		private final List<ServiceInstance> instances = IntStream.range(0, 4)
			.<ServiceInstance>mapToObj(
					(i) -> new DefaultServiceInstance("i" + i, "orders.example", "host" + i, 8080, false))
			.toList();

		private Mono<Response<ServiceInstance>> choice = Mono.just(new DefaultResponse(this.instances.get(0)));

		@Override
		public LoadBalancerProperties getProperties(String serviceId) {
			return this.properties;
		}

		@Override
		public ReactiveLoadBalancer<ServiceInstance> getInstance(String serviceId) {
			return new ReactiveLoadBalancer<>() {

				@Override
				@SuppressWarnings("rawtypes")
				public Mono<Response<ServiceInstance>> choose(Request request) {
					Orders.this.hints.add(((RequestDataContext) request.getContext()).getHint());
					return Orders.this.choice;
				}

			};
		}

		@Override
		public <X> Map<String, X> getInstances(String name, Class<X> type) {
			if (type == LoadBalancerLifecycle.class) {
				return Map.of("orders", type.cast(this));
			}
			return Map.of("all", type.cast(new AllInstances(this.instances)));
		}

		@Override
		public <X> X getInstance(String name, Class<?> type, Class<?>... generics) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void onStart(Request<RequestDataContext> request) {
			this.told.add("start");
		}

		@Override
		public void onStartRequest(Request<RequestDataContext> request, Response<ServiceInstance> chosen) {
			this.told.add("request " + chosen.getServer().getHost());
		}

		@Override
		public void onComplete(CompletionContext<ResponseData, ServiceInstance, RequestDataContext> end) {
			Response<ServiceInstance> chosen = end.getLoadBalancerResponse();
			this.told.add(end.status() + (chosen.hasServer() ? " " + chosen.getServer().getHost() : "")
					+ ((end.getThrowable() != null) ? " " + end.getThrowable().getClass().getSimpleName() : ""));
		}

	}

	private record AllInstances(List<ServiceInstance> instances) implements ServiceInstanceListSupplier {

		@Override
		public String getServiceId() {
			return "orders.example";
		}

		@Override
		public Flux<List<ServiceInstance>> get() {
			return Flux.just(this.instances);
		}

	}

}
