package io.github.springxhr.demo.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param method GET or PUT
 * @param url where to
 * @param input the file to send, if any
 * @param output the file for the response, if it is wanted
 * @param properties what is handed to the starter
 */
record Command(String method, String url, @Nullable Path input, @Nullable Path output, List<String> properties) {

	static final String USAGE = """
			Usage: java -jar demo.jar --get URL [--output FILE] [--xhr.PROPERTY=VALUE ...]
			       java -jar demo.jar --put FILE URL [--xhr.PROPERTY=VALUE ...]""";

	static boolean isMeantBy(String[] args) {
		return List.of(args).stream().anyMatch((arg) -> arg.matches("--(get|put|output)(=.*)?"));
	}

	static Command parse(String[] args) throws UsageException {
		Parts parts = new Parts();
		Deque<String> rest = new ArrayDeque<>(List.of(args));
		while (!rest.isEmpty()) {
			parts.take(rest.remove(), rest);
		}
		return parts.command();
	}

	private static final class Parts {

		private @Nullable String method;

		private @Nullable String url;

		private @Nullable Path input;

		private @Nullable Path output;

		private final List<String> properties = new ArrayList<>();

		void take(String arg, Deque<String> rest) throws UsageException {
			switch (arg) {
				case "--get" -> {
					method("GET");
					this.url = next(arg, rest);
				}
				case "--put" -> {
					method("PUT");
					this.input = Path.of(next(arg, rest));
					this.url = next(arg, rest);
				}
				case "--output" -> this.output = Path.of(next(arg, rest));
				default -> {
					if (!arg.matches("--(xhr|spring|logging)\\..+")) {
						throw new UsageException("Not understood: " + Printable.of(arg));
					}
					this.properties.add(arg);
				}
			}
		}

		private void method(String method) throws UsageException {
			if (this.method != null) {
				throw new UsageException("One request at a time");
			}
			this.method = method;
		}

		private static String next(String option, Deque<String> rest) throws UsageException {
			String value = rest.poll();
			if (value == null || value.startsWith("--")) {
				throw new UsageException("Something is missing after " + option);
			}
			return value;
		}

		Command command() throws UsageException {
			if (this.method == null || this.url == null) {
				throw new UsageException("There is no URL");
			}
			if (this.output != null && this.input != null) {
				throw new UsageException("--output goes with --get only");
			}
			return new Command(this.method, this.url, this.input, this.output, List.copyOf(this.properties));
		}

	}

}
