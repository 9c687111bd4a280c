package io.github.springxhr.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycleValidator;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * A request for a service in the terms of Spring Cloud LoadBalancer, whose life cycle
 * (say, its statistics) is told of it.
 */
final class BalancedCall {

	private final String serviceId;

	private final ReactiveLoadBalancer.Factory<ServiceInstance> loadBalancers;

	private final ClientRequest request;

	private final RequestData data;

	private final DefaultRequest<RequestDataContext> balanced;

	@SuppressWarnings("rawtypes")
	private final Set<LoadBalancerLifecycle> lifecycle;

	BalancedCall(String serviceId, ReactiveLoadBalancer.Factory<ServiceInstance> loadBalancers, ClientRequest request) {
		this.serviceId = serviceId;
		this.loadBalancers = loadBalancers;
		this.request = request;
		this.data = new RequestData(request);
		Map<String, String> hints = loadBalancers.getProperties(serviceId).getHint();
		String hint = hints.getOrDefault(serviceId, hints.getOrDefault("default", "default"));
		this.balanced = new DefaultRequest<>(new RequestDataContext(this.data, hint));
		this.lifecycle = LoadBalancerLifecycleValidator.getSupportedLifecycleProcessors(
				loadBalancers.getInstances(serviceId, LoadBalancerLifecycle.class), RequestDataContext.class,
				ResponseData.class, ServiceInstance.class);
	}

	ClientRequest request() {
		return this.request;
	}

	/**
	 * Choose an instance, if there is one.
	 */
	Mono<ServiceInstance> choose() {
		ReactiveLoadBalancer<ServiceInstance> loadBalancer = this.loadBalancers.getInstance(this.serviceId);
		if (loadBalancer == null) {
			return Mono.empty();
		}
		start();
		AtomicBoolean open = new AtomicBoolean(true);
		CompletionContext<ResponseData, ServiceInstance, RequestDataContext> discarded = new CompletionContext<>(
				Status.DISCARD, this.balanced, new EmptyResponse());
		return Mono.from(loadBalancer.choose(this.balanced))
			.mapNotNull((response) -> response.hasServer() ? response.getServer() : null)
			.doOnNext((instance) -> open.set(false))
			.doOnTerminate(() -> complete(open, discarded))
			.doOnCancel(() -> complete(open, discarded));
	}

	/**
	 * Tell the life cycle of an attempt, for which {@link #choose()} is not asked.
	 */
	void start() {
		tell((listener) -> listener.onStart(this.balanced));
	}

	/**
	 * Return all instances among which the choice is, none if the load balancer does not
	 * tell.
	 */
	Mono<List<ServiceInstance>> instances() {
		return this.loadBalancers.getInstances(this.serviceId, ServiceInstanceListSupplier.class)
			.values()
			.stream()
			.findFirst()
			.map((supplier) -> supplier.get(this.balanced).next())
			.orElse(Mono.empty());
	}

	/**
	 * Tell the life cycle of an exchange with an instance, of its end once. One that is
	 * given up has failed: only then does Spring Cloud stop counting it as active.
	 */
	Mono<ClientResponse> observed(ServiceInstance instance, Mono<ClientResponse> exchange) {
		DefaultResponse chosen = new DefaultResponse(instance);
		AtomicBoolean open = new AtomicBoolean(true);
		return exchange
			.doOnSubscribe((subscription) -> tell((listener) -> listener.onStartRequest(this.balanced, chosen)))
			.doOnNext((response) -> complete(open,
					new CompletionContext<>(Status.SUCCESS, this.balanced, chosen,
							new ResponseData(response, this.data))))
			.doOnError((failure) -> complete(open, failed(failure, chosen)))
			.doOnCancel(() -> complete(open, failed(new CancellationException(), chosen)));
	}

	private CompletionContext<ResponseData, ServiceInstance, RequestDataContext> failed(Throwable failure,
			DefaultResponse chosen) {
		return new CompletionContext<>(Status.FAILED, failure, this.balanced, chosen);
	}

	private void complete(AtomicBoolean open,
			CompletionContext<ResponseData, ServiceInstance, RequestDataContext> completion) {
		if (open.compareAndSet(true, false)) {
			tell((listener) -> listener.onComplete(completion));
		}
	}

	@SuppressWarnings("unchecked")
	private void tell(Consumer<LoadBalancerLifecycle<RequestDataContext, ResponseData, ServiceInstance>> news) {
		this.lifecycle.forEach((listener) -> news
			.accept((LoadBalancerLifecycle<RequestDataContext, ResponseData, ServiceInstance>) listener));
	}

}
