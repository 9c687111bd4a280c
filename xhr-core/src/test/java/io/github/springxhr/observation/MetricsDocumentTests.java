package io.github.springxhr.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrOutcome;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/metrics.md} has the meters that there are, with their tags.
 */
class MetricsDocumentTests {

	private static final Pattern ROW = Pattern.compile("^\\| `(xhr[a-z.]+)` \\| [^|]+ \\| ([a-z, ]+) \\|$",
			Pattern.MULTILINE);

	private final String document = read();

	private static String read() {
		try {
			return Files.readString(Path.of("..", "docs", "metrics.md"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void eachMeterIsDocumentedWithItsTags() throws Exception {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		Map<String, Set<String>> found = new TreeMap<>();
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.listener(new XhrMetricsListenerFactory(meters, true))
			.listener(new XhrObservationListenerFactory(observations, null))
			.build();
				FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")));
				DeadPort port = FaultServer.refusing()) {
			get(factory, server.url("/"));
			try {
				get(factory, port.url("/"));
			}
			catch (RuntimeException ex) {
				// it has failed, as it should
			}
		}
		meters.getMeters().forEach((meter) -> found.put(meter.getId().getName(), keys(meter)));
		assertThat(documented()).isEqualTo(found);
	}

	@Test
	void eachOutcomeIsDocumented() {
		assertThat(Arrays.stream(XhrOutcome.values()).map(XhrOutcome::tag))
			.allMatch((tag) -> this.document.contains("`" + tag + "`"));
	}

	private static void get(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url, false);
		request.send();
	}

	private static Set<String> keys(Meter meter) {
		Set<String> keys = new TreeSet<>(ObservedClient.tags(meter).keySet());
		// Micrometer's own, which the text is about
		keys.remove("error");
		return keys;
	}

	private Map<String, Set<String>> documented() {
		Map<String, Set<String>> rows = new TreeMap<>();
		Matcher row = ROW.matcher(this.document);
		while (row.find()) {
			rows.put(row.group(1), new TreeSet<>(Arrays.asList(row.group(2).split(", "))));
		}
		return rows;
	}

}
