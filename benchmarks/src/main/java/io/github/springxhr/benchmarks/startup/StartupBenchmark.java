package io.github.springxhr.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Measures what the starter, with three clients, adds to the start of a minimal
 * application that has Spring Boot's WebClient and builds one. Each start is that of a
 * JVM of its own, without the starter's files on its class path or with them; the two
 * kinds take turns. Times go from the beginning of {@code main} to the end of
 * {@link SpringApplication#run}. It is run from the packaged module.
 */
public final class StartupBenchmark {

	private static final int WARMUP = 2;

	private static final int ROUNDS = 15;

	private static final Pattern STARTER = Pattern.compile("(xhr-|jsoup-).*");

	/** With these Spring Boot would set up more than the minimal application has. */
	private static final Pattern PEERS = Pattern
		.compile("(okhttp|okio|kotlin|annotations-|http|htmlunit|neko|commons-(codec|io|lang3)).*");

	private static final String DONE = "started in ns ";

	private StartupBenchmark() {
	}

	/**
	 * Run the benchmark.
	 * @param args the number of starts of each kind, 15 unless given
	 */
	public static void main(String[] args) {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS;
		List<Double> without = new ArrayList<>();
		List<Double> with = new ArrayList<>();
		for (int round = -WARMUP; round < rounds; round++) {
			double one = start(false);
			double other = start(true);
			if (round >= 0) {
				without.add(one);
				with.add(other);
			}
		}
		print("WebClient alone", without);
		print("with XHR", with);
		System.out.printf(Locale.ROOT, "XHR adds %.0f ms at the median (ratio %.2f)%n", median(with) - median(without),
				median(with) / median(without));
	}

	/**
	 * Return by how much the starter makes the start longer.
	 * @param rounds the number of starts of each kind
	 * @return the difference of each pair of starts, in milliseconds
	 */
	public static List<Double> differences(int rounds) {
		return IntStream.range(-1, rounds).mapToObj((round) -> -start(false) + start(true)).skip(1).toList();
	}

	private static void print(String what, List<Double> millis) {
		System.out.printf(Locale.ROOT, "%-16s median %4.0f ms, from %4.0f to %4.0f, %d starts%n", what, median(millis),
				millis.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
				millis.stream().mapToDouble(Double::doubleValue).max().orElseThrow(), millis.size());
	}

	private static double median(List<Double> millis) {
		double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/**
	 * Start the application in a new JVM.
	 * @return how long it took, in milliseconds
	 */
	private static double start(boolean xhr) {
		try {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", classPath(xhr), "-Dlogging.level.root=warn", Application.class.getName(),
					"--xhr.clients.orders.base-url=http://127.0.0.1/", "--xhr.clients.stock.timeout=5s",
					"--xhr.clients.billing.cookies.enabled=true")
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return output.lines()
				.filter((line) -> line.startsWith(DONE) && line.endsWith((xhr ? 3 : 0) + " named clients"))
				.mapToDouble((line) -> Long.parseLong(line.substring(DONE.length()).split(" ")[0]) / 1e6)
				.findFirst()
				.orElseThrow(() -> new IllegalStateException(output));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The classes themselves, as the manifest of the archive names all libraries. */
	private static String classPath(boolean xhr) throws IOException {
		Path target = Path.of(System.getProperty("java.class.path")).toAbsolutePath().getParent();
		try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
			return Stream
				.concat(Stream.of(target.resolve("classes")),
						libraries.filter((library) -> isUsed(library.getFileName().toString(), xhr)))
				.map(Path::toString)
				.collect(Collectors.joining(File.pathSeparator));
		}
	}

	private static boolean isUsed(String library, boolean xhr) {
		return !PEERS.matcher(library).matches() && (xhr || !STARTER.matcher(library).matches());
	}

	/**
	 * The minimal application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] args) {
			long begin = System.nanoTime();
			SpringApplication application = new SpringApplication(Application.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			try (ConfigurableApplicationContext context = application.run(args)) {
				System.out.println(DONE + (System.nanoTime() - begin) + " with "
						+ context.getBeanNamesForType(WebClient.class).length + " WebClient, "
						+ Stream.of(context.getBeanDefinitionNames())
							.filter((name) -> name.endsWith("XhrFactory"))
							.count()
						+ " named clients");
			}
		}

		@Bean
		WebClient webClient(WebClient.Builder builder) {
			return builder.build();
		}

	}

}
