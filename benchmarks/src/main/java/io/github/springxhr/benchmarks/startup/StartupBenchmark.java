package io.github.springxhr.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Measures what the starter adds to the start of a minimal application that has Spring
 * Boot's WebClient and builds one. Each start is that of a JVM of its own; the kinds of
 * it take turns, forwards and backwards. Times go from the beginning of {@code main} to
 * the end of {@link SpringApplication#run}. It is run from the packaged module.
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
		Map<Kind, List<Double>> millis = measure((args.length > 0) ? Integer.parseInt(args[0]) : ROUNDS);
		millis.forEach((kind, all) -> System.out.printf(Locale.ROOT,
				"%-18s median %4.0f ms, from %4.0f to %4.0f; adds %.0f ms, %d starts%n", kind, median(all),
				Collections.min(all), Collections.max(all), median(differences(millis, kind)), all.size()));
	}

	/**
	 * Start the application often.
	 * @param rounds the number of starts of each kind
	 * @return how long they took, in milliseconds
	 */
	public static Map<Kind, List<Double>> measure(int rounds) {
		Map<Kind, List<Double>> millis = new EnumMap<>(Kind.class);
		for (int round = -WARMUP; round < rounds; round++) {
			List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
			if (round % 2 != 0) {
				Collections.reverse(kinds);
			}
			for (Kind kind : kinds) {
				double one = start(kind);
				if (round >= 0) {
					millis.computeIfAbsent(kind, (key) -> new ArrayList<>()).add(one);
				}
			}
		}
		return millis;
	}

	/**
	 * Return by how much longer starts of a kind took than those beside them without the
	 * starter.
	 * @param millis all times
	 * @param kind the kind
	 * @return the differences, in milliseconds
	 */
	public static List<Double> differences(Map<Kind, List<Double>> millis, Kind kind) {
		List<Double> without = Objects.requireNonNull(millis.get(Kind.WITHOUT));
		List<Double> with = Objects.requireNonNull(millis.get(kind));
		return IntStream.range(0, with.size()).mapToObj((round) -> with.get(round) - without.get(round)).toList();
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
	private static double start(Kind kind) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath(kind),
						"-Dlogging.level.root=warn", Application.class.getName()));
		command.addAll(kind.properties);
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return output.lines()
				.filter((line) -> line.startsWith(DONE)
						&& line.endsWith(" " + kind.properties.size() + " named clients"))
				.mapToDouble((line) -> Long.parseLong(line.substring(DONE.length()).split(" ")[0]) / 1e6)
				.findFirst()
				.orElseThrow(() -> new IllegalStateException(output));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The classes themselves, as the manifest of the archive names all libraries. */
	private static String classPath(Kind kind) {
		Path target = Path.of(System.getProperty("java.class.path")).toAbsolutePath().getParent();
		try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
			return Stream
				.concat(Stream.of(target.resolve("classes")),
						libraries.filter((library) -> isUsed(library.getFileName().toString(), kind)))
				.map(Path::toString)
				.collect(Collectors.joining(File.pathSeparator));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isUsed(String library, Kind kind) {
		return !PEERS.matcher(library).matches() && (kind != Kind.WITHOUT || !STARTER.matcher(library).matches());
	}

	/**
	 * What is started.
	 */
	public enum Kind {

		/** Without the starter. */
		WITHOUT,

		/** With the starter and nothing configured, so with the default client. */
		STARTER,

		/** With three named clients. */
		NAMED_CLIENTS("--xhr.clients.orders.base-url=http://127.0.0.1/", "--xhr.clients.stock.timeout=5s",
				"--xhr.clients.billing.cookies.enabled=true");

		private final List<String> properties;

		Kind(String... properties) {
			this.properties = List.of(properties);
		}

	}

	/**
	 * The minimal application, as Spring's site makes one.
	 */
	@SpringBootApplication(proxyBeanMethods = false)
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
