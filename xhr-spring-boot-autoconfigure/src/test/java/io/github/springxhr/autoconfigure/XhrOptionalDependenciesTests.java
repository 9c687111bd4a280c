package io.github.springxhr.autoconfigure;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.HttpResources;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients on class paths from which the files of an optional dependency have been taken:
 * no class of it can be loaded by anything.
 */
class XhrOptionalDependenciesTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "nothing, nothing", "actuator, spring-boot-(starter-)?actuator.*|spring-boot-health.*",
			"metrics, micrometer-(core|jakarta9|tracing).*|spring-boot-micrometer-.*",
			"http client, spring-boot-(http-client|http-converter|webclient|reactor-netty).*",
			"security, spring-security-.*|spring-boot-security.*|oauth2-oidc.*",
			"load balancer, spring-cloud-.*|spring-boot-.*cloud.*", "jackson, jackson-databind-3.*" })
	void aClientWorksWithout(String dependency, String files) throws Exception {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))));
				URLClassLoader classLoader = classPathWithout(Pattern.compile(files), !files.equals("nothing"))) {
			assertThat(run(classLoader, server.url("/"))).isEqualTo("hello hello");
		}
	}

	/** These are absent in all tests of this module; the starter brings one of them. */
	@ParameterizedTest
	@ValueSource(strings = { "org.jsoup.Jsoup", "com.aayushatharva.brotli4j.Brotli4jLoader",
			"com.github.luben.zstd.Zstd", "org.apache.hc.client5.http.psl.PublicSuffixMatcher" })
	void whatTheCoreAloneUsesIsNeverThere(String type) {
		assertThat(ClassUtils.isPresent(type, getClass().getClassLoader())).isFalse();
	}

	private static URLClassLoader classPathWithout(Pattern files, boolean some) throws MalformedURLException {
		String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
		String[] left = Arrays.stream(entries)
			.filter((entry) -> !files.matcher(Path.of(entry).getFileName().toString()).matches())
			.toArray(String[]::new);
		assertThat(left.length < entries.length).as("was there before").isEqualTo(some);
		URL[] urls = new URL[left.length];
		for (int i = 0; i < left.length; i++) {
			urls[i] = Path.of(left[i]).toUri().toURL();
		}
		return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
	}

	@SuppressWarnings("unchecked")
	private static String run(ClassLoader classLoader, String url) throws ReflectiveOperationException {
		Thread thread = Thread.currentThread();
		ClassLoader previous = thread.getContextClassLoader();
		thread.setContextClassLoader(classLoader);
		try {
			return ((UnaryOperator<String>) classLoader.loadClass(Run.class.getName())
				.getDeclaredConstructor()
				.newInstance()).apply(url);
		}
		finally {
			thread.setContextClassLoader(previous);
		}
	}

	/**
	 * Runs an application in a class loader of its own.
	 */
	public static final class Run implements UnaryOperator<String> {

		@Override
		public String apply(String url) {
			try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
				TestPropertyValues
					.of("xhr.metrics.enabled=false", "xhr.cookies.enabled=true", "xhr.clients.orders.timeout=1m",
							"xhr.clients.orders.metrics.http-client-requests=false",
							"xhr.clients.orders.base-url=" + url)
					.applyTo(context);
				context.register(Application.class);
				context.refresh();
				return get(context.getBean(XhrFactory.class), url) + " "
						+ get(context.getBean(XhrFactories.class).get("orders"), url);
			}
			finally {
				// with the class loader goes what they still would need
				HttpResources.disposeLoopsAndConnectionsLater(Duration.ZERO, Duration.ofSeconds(5)).block();
			}
		}

		private static String get(XhrFactory factory, String url) {
			XMLHttpRequest request = factory.create();
			request.open("GET", url);
			return request.sendAsync(null).join().getResponseText();
		}

	}

	/** Names what may not be there, as a file of imports does. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(
			classes = { SslAutoConfiguration.class, XhrAutoConfiguration.class, XhrEndpointAutoConfiguration.class,
					XhrExchangeAutoConfiguration.class, XhrLoadBalancerAutoConfiguration.class,
					XhrOAuth2AutoConfiguration.class, XhrObservationAutoConfiguration.class })
	static class Application {

	}

}
