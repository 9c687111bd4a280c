package io.github.springxhr.demo.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the upstream before anything else, as its ports are known only then and
 * {@code application.yml} speaks of them; but not while the application is processed
 * ahead of time, which needs no ports.
 */
class UpstreamInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

	@Override
	public void initialize(GenericApplicationContext context) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		ConfigurableEnvironment environment = context.getEnvironment();
		Upstream upstream = new Upstream(Pace.of(environment));
		environment.getPropertySources().addFirst(new MapPropertySource("upstream", ports(environment, upstream)));
		// No definition, which ahead-of-time processing would have to write down; what is
		// registered first is destroyed last
		context.getDefaultListableBeanFactory().registerSingleton("upstream", upstream);
		context.getDefaultListableBeanFactory().registerDisposableBean("upstream", upstream::close);
	}

	private static Map<String, Object> ports(ConfigurableEnvironment environment, Upstream upstream) {
		Map<String, Object> ports = new HashMap<>();
		ports.put("demo.upstream.port", upstream.port());
		ports.put("demo.upstream.closed-port", upstream.closedPort());
		if ("0".equals(environment.getProperty("server.port"))) {
			ports.put("server.port", freePort());
		}
		return ports;
	}

	/** The page's origin is configured with its port, so a free one is chosen now. */
	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
