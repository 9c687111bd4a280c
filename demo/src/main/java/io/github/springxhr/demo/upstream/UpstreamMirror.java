package io.github.springxhr.demo.upstream;

import io.netty.channel.ChannelOption;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Serves the upstream's endpoints on the page's own port too, below {@code /upstream/}:
 * the same origin, without a proxy between that would change what is seen.
 */
@Component
class UpstreamMirror implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private final Endpoints endpoints;

	UpstreamMirror(Environment environment) {
		this.endpoints = new Endpoints(Pace.of(environment));
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers((server) -> server.option(ChannelOption.SO_RCVBUF, Upstream.RECEIVE_BUFFER));
		factory.addRouteProviders((routes) -> this.endpoints.register(routes, "/upstream"));
	}

}
