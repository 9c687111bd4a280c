package io.github.springxhr.sample;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.github.springxhr.XhrException;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import io.github.springxhr.autoconfigure.XhrExchangeAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.DecoratingProxy;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ahead-of-time processing makes of the interfaces, compiled and run.
 */
class XhrExchangeAotTests {

	private static final TestPropertyValues PROPERTIES = TestPropertyValues.of("bills.path=bills",
			"xhr.base-url=http://127.0.0.1:1/", "xhr.clients.orders.base-url=http://127.0.0.1:1/",
			"xhr.clients.billing.base-url=http://127.0.0.1:1/");

	private final RuntimeHints hints = new RuntimeHints();

	@TempDir
	Path directory;

	@Test
	void interfacesOfNoOtherPackageSurviveAheadOfTimeProcessing() throws Exception {
		String initializer = generate();
		compile();
		try (URLClassLoader classLoader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
			assertThat(run(classLoader, initializer)).containsExactly("connect", "connect", "connect");
		}
		assertThat(RuntimeHintsPredicates.proxies()
			.forInterfaces(OrderService.class, SpringProxy.class, Advised.class, DecoratingProxy.class))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(OrderService.Order.class)).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(OrderService.class.getDeclaredMethod("find", String.class))).accepts(this.hints);
	}

	private String generate() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Application.class);
			PROPERTIES.applyTo(context);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(Application.class)),
					new FileSystemGeneratedFiles((kind) -> this.directory.resolve(kind.name())), this.hints);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
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
				OrderService orders = context.getBean(OrderService.class);
				BillingService billing = context.getBean(BillingService.class);
				PlainService plain = context.getBean(PlainService.class);
				return Stream.<Runnable>of(() -> orders.find("7"), billing::bills, plain::get)
					.map(Run::failure)
					.toList();
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static String failure(Runnable call) {
			try {
				call.run();
				return "none";
			}
			catch (XhrException ex) {
				return ex.getFailure().kind().tag();
			}
		}

		@SuppressWarnings("unchecked")
		private static void initialize(Object initializer, GenericApplicationContext context) {
			((ApplicationContextInitializer<GenericApplicationContext>) initializer).initialize(context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	@ImportAutoConfiguration({ XhrAutoConfiguration.class, XhrExchangeAutoConfiguration.class,
			WebClientAutoConfiguration.class })
	static class Application {

	}

}
