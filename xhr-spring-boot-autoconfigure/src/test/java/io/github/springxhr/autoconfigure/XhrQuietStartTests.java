package io.github.springxhr.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application has before its first request, in a JVM of its own.
 */
class XhrQuietStartTests {

	/** Counting sockets needs {@code /proc}. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void noThreadAndNoSocketBeforeTheFirstRequest() throws Exception {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))))) {
			List<String> lines = fork(server.url("/"));
			assertThat(lines).hasSize(2);
			assertThat(lines.get(0)).isEqualTo("started: threads [], sockets 0");
			assertThat(lines.get(1)).startsWith("used: threads [").contains("xhr-events-").doesNotEndWith("sockets 0");
		}
	}

	private static List<String> fork(String url) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Application.class.getName(), url)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
			return output.lines().filter((line) -> line.contains(": threads [")).toList();
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * An application with three clients that tells what it has.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ XhrAutoConfiguration.class, XhrObservationAutoConfiguration.class,
			XhrExchangeAutoConfiguration.class, XhrEndpointAutoConfiguration.class, WebClientAutoConfiguration.class,
			HttpClientAutoConfiguration.class })
	static class Application {

		public static void main(String[] args) throws Exception {
			TreeSet<String> threads = threads();
			long sockets = sockets();
			try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
				TestPropertyValues
					.of("xhr.timeout=1m", "xhr.clients.orders.cookies.enabled=true",
							"xhr.clients.stock.read-timeout=5s", "xhr.clients.stock.shutdown-timeout=5s",
							"xhr.clients.billing.http2=true")
					.applyTo(context);
				context.register(Application.class);
				context.refresh();
				context.getBean(XhrFactories.class).get("orders");
				print("started", threads, sockets);
				XMLHttpRequest request = context.getBean(XhrFactory.class).create();
				request.open("GET", args[0]);
				request.sendAsync(null).join();
				print("used", threads, sockets);
			}
		}

		private static void print(String when, TreeSet<String> threadsBefore, long socketsBefore) {
			TreeSet<String> threads = threads();
			threads.removeAll(threadsBefore);
			System.out.println(when + ": threads " + threads + ", sockets " + (sockets() - socketsBefore));
		}

		private static TreeSet<String> threads() {
			TreeSet<String> names = new TreeSet<>();
			Thread.getAllStackTraces().keySet().forEach((thread) -> names.add(thread.getName()));
			return names;
		}

		/**
		 * Count the sockets of the network. A local one is the JDK's own, which its
		 * channels make when their classes are loaded.
		 */
		private static long sockets() {
			try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
				String local = Files.readString(Path.of("/proc/self/net/unix"));
				return descriptors.map(Application::target)
					.filter((target) -> target.startsWith("socket:["))
					.filter((target) -> !local.contains(" " + target.substring(8, target.length() - 1)))
					.count();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static String target(Path descriptor) {
			try {
				return Files.readSymbolicLink(descriptor).toString();
			}
			catch (IOException ex) {
				return "closed";
			}
		}

	}

}
