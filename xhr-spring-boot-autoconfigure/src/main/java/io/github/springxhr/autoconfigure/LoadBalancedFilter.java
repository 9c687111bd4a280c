package io.github.springxhr.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import javax.net.ssl.SSLException;

import io.github.springxhr.webclient.CrossOriginFilter;
import io.github.springxhr.webclient.NoInstanceException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Sends each request for a service to an instance of it. A request that is safe to repeat
 * is sent to another instance if the connection to the first one fails before there is a
 * response.
 */
final class LoadBalancedFilter implements CrossOriginFilter {

	/** With more, a request that brings instances down would bring down all. */
	private static final int MAX_INSTANCES = 3;

	private final ServiceAddress service;

	private final ReactiveLoadBalancer.Factory<ServiceInstance> loadBalancers;

	private volatile boolean asked;

	LoadBalancedFilter(ServiceAddress service, ReactiveLoadBalancer.Factory<ServiceInstance> loadBalancers) {
		this.service = service;
		this.loadBalancers = loadBalancers;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (!this.service.isOriginOf(request.url())) {
			return next.exchange(request);
		}
		return Mono.defer(() -> call(request))
			.flatMap((call) -> choose(call).flatMap((instance) -> exchange(call, instance, new ArrayList<>(), next)));
	}

	/**
	 * Ask Spring Cloud about the service. It makes an application context for it when it
	 * is first asked, which no event loop should wait for.
	 */
	private Mono<BalancedCall> call(ClientRequest request) {
		Mono<BalancedCall> call = Mono.fromSupplier(() -> {
			BalancedCall made = new BalancedCall(this.service.serviceId(), this.loadBalancers, request);
			this.asked = true;
			return made;
		});
		return (this.asked || !Schedulers.isInNonBlockingThread()) ? call
				: call.subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<ServiceInstance> choose(BalancedCall call) {
		return call.choose().switchIfEmpty(Mono.error(() -> new NoInstanceException(this.service.serviceId())));
	}

	private Mono<ClientResponse> exchange(BalancedCall call, ServiceInstance instance, List<String> tried,
			ExchangeFunction next) {
		tried.add(address(instance));
		ClientRequest physical = ClientRequest.from(call.request())
			.url(physicalUrl(call.request().url(), instance))
			.build();
		return call.observed(instance, next.exchange(physical)).onErrorResume((failure) -> {
			if (tried.size() >= MAX_INSTANCES || !isRepeatable(call.request()) || !isOfConnection(failure)) {
				return Mono.error(failure);
			}
			return another(call, tried).switchIfEmpty(Mono.error(failure)).flatMap((other) -> {
				call.start();
				return exchange(call, other, tried, next);
			});
		});
	}

	/**
	 * Find an instance that has not been tried. The load balancer cannot be asked for
	 * that: with many requests at a time, its turns may give each the same one again.
	 */
	private Mono<ServiceInstance> another(BalancedCall call, List<String> tried) {
		return call.instances().flatMap((all) -> {
			List<ServiceInstance> others = all.stream()
				.filter((instance) -> !tried.contains(address(instance)))
				.toList();
			return others.isEmpty() ? Mono.empty()
					: Mono.just(others.get(ThreadLocalRandom.current().nextInt(others.size())));
		});
	}

	private static String address(ServiceInstance instance) {
		return instance.getHost() + ":" + instance.getPort();
	}

	/**
	 * Put an instance into the place of the service. An instance may be safer than the
	 * service's scheme says, and never less safe.
	 */
	private URI physicalUrl(URI logical, ServiceInstance instance) {
		boolean secure = this.service.scheme().equals("https") || instance.isSecure();
		String host = (instance.getHost().indexOf(':') >= 0 && !instance.getHost().startsWith("["))
				? "[" + instance.getHost() + "]" : instance.getHost();
		String port = (instance.getPort() > 0) ? ":" + instance.getPort() : "";
		String query = (logical.getRawQuery() != null) ? "?" + logical.getRawQuery() : "";
		return URI.create((secure ? "https" : "http") + "://" + host + port + logical.getRawPath() + query);
	}

	private static boolean isRepeatable(ClientRequest request) {
		HttpMethod method = request.method();
		return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)
				|| (method.equals(HttpMethod.OPTIONS) && request.headers().getAccessControlRequestMethod() != null);
	}

	/**
	 * Whether it is the connection that failed, and not TLS or HTTP.
	 */
	private static boolean isOfConnection(Throwable failure) {
		Throwable cause = (failure instanceof WebClientRequestException && failure.getCause() != null)
				? failure.getCause() : failure;
		return (cause instanceof IOException && !(cause instanceof SSLException)) || cause instanceof AbortedException;
	}

}
