package io.github.springxhr.autoconfigure;

import reactor.netty.http.client.HttpClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link AutoConfiguration Auto-configuration} of load balancing by Spring Cloud
 * LoadBalancer, for {@code xhr.load-balanced} and base URLs of scheme {@code lb}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = XhrAutoConfiguration.class,
		afterName = "org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration")
@ConditionalOnClass({ LoadBalancerClientFactory.class, WebClient.class, HttpClient.class })
@ConditionalOnBooleanProperty(name = "xhr.enabled", matchIfMissing = true)
public final class XhrLoadBalancerAutoConfiguration {

	@Bean
	@ConditionalOnBean(LoadBalancerClientFactory.class)
	LoadBalancing xhrLoadBalancing(LoadBalancerClientFactory loadBalancers) {
		return (service) -> new LoadBalancedFilter(service, loadBalancers);
	}

}
