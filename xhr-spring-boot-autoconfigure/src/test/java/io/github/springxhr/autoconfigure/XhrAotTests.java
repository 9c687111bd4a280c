package io.github.springxhr.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.github.springxhr.ManagedXhrFactory;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrClientDescription;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ahead-of-time processing makes of the beans, compiled and run.
 */
class XhrAotTests {

	private static final TestPropertyValues PROPERTIES = TestPropertyValues.of("xhr.timeout=21s",
			"xhr.clients.order-service.timeout=22s", "xhr.clients.order-service.cookies.enabled=true",
			"xhr.clients.stock.base-url=lb://stock/", "xhr.pool.max-connections=7", "xhr.read-timeout=8s",
			"xhr.clients.order-service.pool.pending-limit=9", "xhr.clients.order-service.ssl.bundle=mine",
			"spring.ssl.bundle.pem.mine.options.enabled-protocols=TLSv1.3");

	@TempDir
	Path directory;

	private RuntimeHints hints = new RuntimeHints();

	@Test
	void namedClientsSurviveAheadOfTimeProcessing() throws Exception {
		String initializer = generate();
		compile();
		try (URLClassLoader classLoader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			assertThat(run(classLoader, initializer)).containsExactly("default 21000 BLOCKED 7 50000 PT8S default",
					"order-service 22000 BLOCKED 7 9 PT8S configured");
		}
	}

	@Test
	void groupsOfPropertiesCanBeBoundInANativeImage() {
		generate();
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(XhrCredentialsProperties.Basic.class, "setPassword")
			.and(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(XhrCredentialsProperties.Bearer.class, "setToken"))
			.and(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(XhrClientProperties.Cookies.class, "setEnabled"))
			.and(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(XhrCredentialsProperties.OAuth2.class, "setRegistrationId"))
			.and(RuntimeHintsPredicates.reflection().onMethodInvocation(XhrPoolProperties.class, "setMaxConnections"))
			.and(RuntimeHintsPredicates.reflection().onMethodInvocation(XhrProxyProperties.class, "setNonProxyHosts"))
			.and(RuntimeHintsPredicates.reflection().onMethodInvocation(XhrProxyProperties.class, "setPassword"))
			.and(RuntimeHintsPredicates.reflection().onMethodInvocation(XhrSslProperties.class, "setBundle"))
			.and(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(XhrClientProperties.Metrics.class, "setHttpClientRequests"))
			.and(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(XhrClientProperties.class, "setEventExecution")))
			.accepts(this.hints);
	}

	private String generate() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Application.class);
			PROPERTIES.applyTo(context);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(Application.class)),
					new FileSystemGeneratedFiles((kind) -> this.directory.resolve(kind.name())));
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			this.hints = generation.getRuntimeHints();
			return initializer.reflectionName();
		}
	}

	private void compile() throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-classpath",
				System.getProperty("java.class.path"), "-d", this.directory.resolve("classes").toString()));
		try (var sources = Files.walk(this.directory.resolve(Kind.SOURCE.name()))) {
			sources.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	/**
	 * Generated classes call what is package-private in the packages of others, so that
	 * one loader has to load them all.
	 */
	private URL[] classPath() throws IOException {
		List<URL> urls = new ArrayList<>(List.of(this.directory.resolve("classes").toUri().toURL()));
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			urls.add(Path.of(entry).toUri().toURL());
		}
		return urls.toArray(URL[]::new);
	}

	@SuppressWarnings("unchecked")
	private static List<String> run(ClassLoader classLoader, String initializer) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader previous = thread.getContextClassLoader();
		thread.setContextClassLoader(classLoader);
		try {
			return ((Function<String, List<String>>) classLoader.loadClass(Run.class.getName())
				.getDeclaredConstructor()
				.newInstance()).apply(initializer);
		}
		finally {
			thread.setContextClassLoader(previous);
		}
	}

	/**
	 * Runs the processed application in a class loader of its own.
	 */
	public static final class Run implements Function<String, List<String>> {

		@Override
		public List<String> apply(String initializer) {
			try (GenericApplicationContext context = new GenericApplicationContext()) {
				PROPERTIES.applyTo(context);
				initialize(Class.forName(initializer).getDeclaredConstructor().newInstance(), context);
				context.refresh();
				XhrFactory orders = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(),
						XhrFactory.class, "order-service");
				return Stream.of(context.getBean(XhrFactory.class), orders)
					.map((factory) -> factory.getName() + " " + factory.create().getTimeout() + " " + failure(factory)
							+ " " + network(factory))
					.toList();
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static String network(XhrFactory factory) {
			XhrClientDescription.Network network = ((ManagedXhrFactory) factory).describe().network();
			return network.pool().maxConnections() + " " + network.pool().pendingLimit() + " " + network.readTimeout()
					+ " " + network.tls();
		}

		/** The port does not matter, as no loopback address may be connected to. */
		private static FailureKind failure(XhrFactory factory) {
			XMLHttpRequest request = factory.create();
			request.open("GET", "http://127.0.0.1:9/");
			request.sendAsync(null).exceptionally((ex) -> request).join();
			return Objects.requireNonNull(request.getFailure()).kind();
		}

		@SuppressWarnings("unchecked")
		private static void initialize(Object initializer, GenericApplicationContext context) {
			((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ XhrAutoConfiguration.class, XhrOAuth2AutoConfiguration.class,
			XhrLoadBalancerAutoConfiguration.class, LoadBalancerAutoConfiguration.class,
			WebClientAutoConfiguration.class, HttpClientAutoConfiguration.class, SslAutoConfiguration.class })
	static class Application {

		@Bean
		InetAddressFilter addressFilter() {
			return InetAddressFilter.externalAddresses();
		}

	}

}
