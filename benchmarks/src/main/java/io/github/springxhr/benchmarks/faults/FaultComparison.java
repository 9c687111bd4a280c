package io.github.springxhr.benchmarks.faults;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.github.luben.zstd.Zstd;
import io.netty.handler.codec.http.HttpObjectDecoder;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;

/**
 * Puts all clients to the faults of the tests, and writes what each tells its caller to
 * {@code comparison-faults.md}. It is run from the packaged module.
 */
public final class FaultComparison {

	static final String PAGE = "comparison-faults.md";

	private static final String MARK = "<!-- From here on written by the comparison -->\n";

	/** A client that takes all of a body needs more. */
	private static final String HEAP = "-Xmx512m";

	private FaultComparison() {
	}

	/**
	 * Run the comparison.
	 * @param args the directory for what is written, this one unless given
	 * @throws Exception if that fails
	 */
	public static void main(String[] args) throws Exception {
		Path output = Path.of((args.length > 0) ? args[0] : ".");
		if (System.getProperty(JdkFaultClient.HOSTS) != null) {
			write(output);
			// of clients that were left there are threads that are no daemons
			System.exit(0);
		}
		System.exit(fork(output));
	}

	/** With what the tests need besides, and with names of its own. */
	private static int fork(Path output) throws IOException, InterruptedException {
		Path hosts = Files.createTempFile("hosts", null);
		try {
			Path archive = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
			return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
					"-D" + JdkFaultClient.HOSTS + "=" + hosts, "-Dsun.net.inetaddr.ttl=0",
					"-Dsun.net.inetaddr.negative.ttl=0",
					"-Dlogback.configurationFile=io/github/springxhr/benchmarks/faults/logback.xml", "-cp",
					archive + File.pathSeparator + archive.resolveSibling("faults") + "/*",
					FaultComparison.class.getName(), output.toString())
				.inheritIO()
				.start()
				.waitFor();
		}
		finally {
			Files.delete(hosts);
		}
	}

	private static void write(Path output) throws Exception {
		Map<Question, Map<Contestant, Observation>> told = new LinkedHashMap<>();
		try (Survey survey = new Survey()) {
			survey.warmUp();
			for (Question question : Question.all()) {
				Map<Contestant, Observation> answers = survey.ask(question);
				told.put(question, answers);
				System.out.println(FaultPage.row(question, answers));
			}
		}
		Path page = output.resolve(PAGE);
		String head = Files.exists(page) ? Files.readString(page) : "# Faults\n\n";
		int mark = head.indexOf(MARK);
		Files.writeString(page,
				((mark < 0) ? head : head.substring(0, mark)) + MARK + "\n" + FaultPage.of(told, conditions()));
	}

	private static String conditions() {
		List<Class<?>> others = List.of(ClientHttpConnectorBuilder.class, HttpClient.class, HttpObjectDecoder.class,
				Brotli4jLoader.class, Zstd.class);
		String versions = Stream.concat(Stream.of(Contestant.values()).map(Contestant::type), others.stream())
			.map(FaultComparison::archive)
			.filter((name) -> !name.isEmpty())
			.collect(Collectors.joining(", "));
		return "Run on " + LocalDate.now(ZoneOffset.UTC) + ", " + System.getProperty("os.name") + ", "
				+ System.getProperty("java.vm.name") + " " + Runtime.version() + ", whose HttpClient it is. Versions: "
				+ versions + ".";
	}

	/** The name of the archive a class is in; empty for the JDK's. */
	private static String archive(Class<?> type) {
		if (type.getModule().isNamed() && type.getModule().getName().startsWith("java.")) {
			return "";
		}
		String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
		return path.substring(path.lastIndexOf('/') + 1).replaceAll("\\.jar$", "").replaceFirst("-(?=\\d)", " ");
	}

}
