package io.github.springxhr.demo.upstream;

import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the upstream before anything else, as its ports are known only then and
 * {@code application.yml} speaks of them.
 */
class UpstreamInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

	@Override
	public void initialize(GenericApplicationContext context) {
		double pace = context.getEnvironment().getProperty("demo.pace", Double.class, 1.0);
		Upstream upstream = new Upstream(pace);
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("upstream",
					Map.of("demo.upstream.port", upstream.port(), "demo.upstream.closed-port", upstream.closedPort())));
		// the first bean to be made is the last to be destroyed
		context.registerBean(Upstream.class, () -> upstream);
	}

}
