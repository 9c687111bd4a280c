package io.github.springxhr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.springxhr.FakeTransport.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of CORS that take more than one request, from the table
 * {@code cors-scenarios.txt}: what is remembered, what a redirect does, what is seen.
 */
class CorsScenariosTests {

	private static final String ORIGIN = "https://shop.test";

	private static final Map<String, String> SHORT_NAMES = Map.of("methods", "Access-Control-Allow-Methods", "headers",
			"Access-Control-Allow-Headers", "expose", "Access-Control-Expose-Headers", "max-age",
			"Access-Control-Max-Age", "location", "Location");

	private static final Pattern WIRE = Pattern.compile("  (\\S+) (\\S+)(?: \\[(.*)])? -> (\\d+)(?: (.*))?");

	private static final Pattern SEND = Pattern.compile("send (\\S+) ([^ ,]+)( with)?( upload)?(?:, (.*))?");

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private final VirtualTimers timers = new VirtualTimers();

	private final XhrFactory factory = XhrFactory.builder(WebClient.builder())
		.origin(ORIGIN)
		.transport(this.transport)
		.eventExecutor(this.executor)
		.timers(this.timers)
		.build();

	private XMLHttpRequest xhr;

	private int answered;

	@AfterEach
	void close() {
		this.factory.close();
	}

	static Stream<Scenario> scenarios() throws IOException {
		try (InputStream table = CorsScenariosTests.class.getResourceAsStream("cors-scenarios.txt")) {
			String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
			return Stream.of(text.split("(?m)^## ")).skip(1).map(Scenario::of);
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("scenarios")
	void scenario(Scenario scenario) {
		for (String line : scenario.lines()) {
			if (line.startsWith("send ")) {
				send(line);
			}
			else if (line.startsWith("wait ")) {
				this.timers.advance(Duration.ofSeconds(Long.parseLong(line.substring(5))));
			}
			else if (line.startsWith("= ")) {
				outcome(line.substring(2));
			}
			else {
				wire(line);
			}
		}
	}

	private static Matcher match(Pattern pattern, String line) {
		Matcher matcher = pattern.matcher(line);
		assertThat(matcher.matches()).as(line).isTrue();
		return matcher;
	}

	private void send(String line) {
		Matcher send = match(SEND, line);
		this.xhr = this.factory.create();
		this.xhr.open(send.group(1), send.group(2));
		this.xhr.setWithCredentials(send.group(3) != null);
		if (send.group(4) != null) {
			this.xhr.getUpload().setOnprogress((event) -> {
			});
		}
		headers(send.group(5)).forEach((header) -> this.xhr.setRequestHeader(header[0], header[1]));
		this.xhr.send();
	}

	private void wire(String line) {
		Matcher wire = match(WIRE, line);
		assertThat(this.transport.exchanges).as(line).hasSize(this.answered + 1);
		FakeExchange exchange = this.transport.exchanges.get(this.answered++);
		assertThat(exchange.request.method()).as(line).isEqualTo(wire.group(1));
		assertThat(exchange.request.url().withCredentials("", "").serialize(true)).as(line).isEqualTo(wire.group(2));
		for (String[] header : headers(wire.group(3))) {
			String expected = header[1].equals("-") ? null : header[1];
			assertThat(exchange.request.headers().get(header[0])).as(line).isEqualTo(expected);
		}
		exchange.head(Integer.parseInt(wire.group(4)), answer(wire.group(5))).end();
		this.executor.run();
	}

	private void outcome(String expected) {
		assertThat(this.transport.exchanges).hasSize(this.answered);
		if (!Character.isDigit(expected.charAt(0))) {
			assertThat(this.xhr.getFailure().kind()).hasToString(expected);
			return;
		}
		assertThat(this.xhr.getFailure()).isNull();
		assertThat(this.xhr.getStatus()).isEqualTo(Integer.parseInt(expected.substring(0, 3)));
		if (expected.length() > 3) {
			assertThat(this.xhr.getAllResponseHeaders().lines().toList())
				.containsExactly(expected.substring(4).split(", "));
		}
	}

	private static List<String[]> headers(String list) {
		return (list != null) ? Stream.of(list.split(", ")).map((header) -> header.split(": ", 2)).toList() : List.of();
	}

	private static String[] answer(String list) {
		List<String> headers = new ArrayList<>();
		for (String item : (list != null) ? list.split(", ") : new String[0]) {
			headers.addAll(switch (item) {
				case "allow" -> List.of("Access-Control-Allow-Origin", ORIGIN);
				case "allow-null" -> List.of("Access-Control-Allow-Origin", "null");
				case "credentials" -> List.of("Access-Control-Allow-Credentials", "true");
				case "challenge" -> List.of("WWW-Authenticate", "Basic realm=\"r\"");
				default -> header(item);
			});
		}
		return headers.toArray(String[]::new);
	}

	private static List<String> header(String item) {
		if (item.contains(": ")) {
			return List.of(item.split(": ", 2));
		}
		String[] words = item.split(" ", 2);
		return List.of(SHORT_NAMES.get(words[0]), words[1]);
	}

	/**
	 * A scenario of the table.
	 *
	 * @param title the anchor and the rule
	 * @param lines what happens
	 */
	record Scenario(String title, List<String> lines) {

		static Scenario of(String text) {
			List<String> lines = text.lines().filter((line) -> !line.isBlank()).toList();
			assertThat(lines.get(lines.size() - 1)).startsWith("= ");
			return new Scenario(lines.get(0), lines.subList(1, lines.size()));
		}

		@Override
		public String toString() {
			return this.title;
		}

	}

}
