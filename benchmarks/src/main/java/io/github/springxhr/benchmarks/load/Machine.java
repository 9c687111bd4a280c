package io.github.springxhr.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the comparison runs on.
 */
final class Machine {

	private static final List<String> LIBRARIES = List.of("spring-boot", "spring-webflux", "reactor-netty-http",
			"netty-codec-http", "httpclient5", "okhttp-jvm", "htmlunit");

	private Machine() {
	}

	static String describe() {
		return String.format(Locale.ROOT, "%d cores, %s %s, %s %s, garbage collector %s",
				Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"),
				System.getProperty("os.arch"), System.getProperty("java.vm.name"), Runtime.version(),
				ManagementFactory.getGarbageCollectorMXBeans().get(0).getName().split(" ")[0]);
	}

	static double load() {
		return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
	}

	/** Names and versions of the libraries beside the archive that is run. */
	static String versions() throws IOException {
		Path libraries = Path.of(System.getProperty("java.class.path")).toAbsolutePath().resolveSibling("lib");
		try (Stream<Path> files = Files.list(libraries)) {
			List<String> names = files.map((file) -> file.getFileName().toString()).sorted().toList();
			return LIBRARIES.stream().map((library) -> version(library, names)).collect(Collectors.joining(", "));
		}
	}

	private static String version(String library, List<String> names) {
		Pattern pattern = Pattern.compile(Pattern.quote(library) + "-\\d.*\\.jar");
		return names.stream()
			.filter((name) -> pattern.matcher(name).matches())
			.map((name) -> library + " " + name.substring(library.length() + 1, name.length() - ".jar".length()))
			.findFirst()
			.orElse(library);
	}

}
