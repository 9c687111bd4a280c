package io.github.springxhr.demo.upstream;

import java.util.Map;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.GenericApplicationContext;
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
		double pace = context.getEnvironment().getProperty("demo.pace", Double.class, 1.0);
		Upstream upstream = new Upstream(pace);
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("upstream",
					Map.of("demo.upstream.port", upstream.port(), "demo.upstream.closed-port", upstream.closedPort())));
		// No definition, which ahead-of-time processing would have to write down; what is
		// registered first is destroyed last
		context.getDefaultListableBeanFactory().registerSingleton("upstream", upstream);
		context.getDefaultListableBeanFactory().registerDisposableBean("upstream", upstream::close);
	}

}
