package io.github.springxhr.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.springxhr.webclient.ProxySettings;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The metadata that an IDE reads.
 */
class XhrMetadataTests {

	@Test
	void describesEachProperty() throws IOException {
		Map<String, JsonNode> metadata = properties("xhr.");
		Set<String> names = new TreeSet<>();
		collect("xhr", XhrProperties.class, names);
		assertThat(names).contains("xhr.base-url", "xhr.cookies.enabled", "xhr.credentials.basic.password",
				"xhr.max-response-size", "xhr.pool.max-connections", "xhr.proxy.password", "xhr.ssl.bundle");
		assertThat(metadata.keySet()).containsExactlyInAnyOrderElementsOf(names);
		assertThat(metadata.values()).allSatisfy((property) -> {
			String description = property.path("description").asString("");
			assertThat(description).as(property.path("name").asString()).endsWith(".").doesNotStartWith("The ");
		});
	}

	@Test
	void tellsEachDefaultThatThereIs() throws IOException {
		assertThat(defaults())
			.containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("xhr.allow-https-downgrade", "false"),
					Map.entry("xhr.compression", "true"), Map.entry("xhr.confine-to-base-url", "false"),
					Map.entry("xhr.connect-timeout", "10s"), Map.entry("xhr.cookies.enabled", "false"),
					Map.entry("xhr.enabled", "true"), Map.entry("xhr.event-execution", "worker"),
					Map.entry("xhr.metrics.enabled", "true"), Map.entry("xhr.metrics.http-client-requests", "true"),
					Map.entry("xhr.http2", "false"), Map.entry("xhr.load-balanced", "false"),
					Map.entry("xhr.progress-interval", "50ms"), Map.entry("xhr.user-agent", "XHR-for-Spring"),
					Map.entry("xhr.with-credentials", "false"), Map.entry("xhr.max-redirects", "20"),
					Map.entry("xhr.max-response-size", "64MB"), Map.entry("xhr.pool.eviction-interval", "10s"),
					Map.entry("xhr.pool.max-connections", "500"), Map.entry("xhr.pool.max-idle-time", "15s"),
					Map.entry("xhr.pool.max-life-time", "10m"), Map.entry("xhr.pool.pending-limit", "50000"),
					Map.entry("xhr.pool.pending-timeout", "0"), Map.entry("xhr.proxy.type", "http"),
					Map.entry("xhr.read-timeout", "0"), Map.entry("xhr.shutdown-timeout", "0"),
					Map.entry("xhr.synchronous", "true"), Map.entry("xhr.timeout", "0")));
	}

	/**
	 * The page's table: name, type, default, meaning, example, and whether it is
	 * inherited.
	 */
	@Test
	void thePageAboutThePropertiesSaysTheSame() throws IOException {
		Map<String, String[]> rows = Files.readString(Path.of("../docs/properties.md"))
			.lines()
			.filter((line) -> line.startsWith("| `xhr."))
			.map((line) -> line.substring(2, line.length() - 2).split(" \\| "))
			.collect(Collectors.toMap((row) -> row[0].split("`")[1], Function.identity()));
		assertThat(rows.values()).allSatisfy((row) -> assertThat(row).hasSize(6).doesNotContain("", " "));
		Set<String> documented = new TreeSet<>(rows.keySet());
		documented.addAll(Set.of("xhr.clients", "xhr.credentials.basic.password", "xhr.headers"));
		documented.removeAll(Set.of("xhr.credentials.basic.username", "xhr.headers.<name>"));
		Set<String> properties = new TreeSet<>(properties("xhr.").keySet());
		properties.remove("xhr.credentials.basic.username");
		assertThat(documented).isEqualTo(properties);
		defaults().forEach((name, value) -> assertThat(rows.get(name)[2]).as(name).contains("`" + value + "`"));
		assertThat(ClientProperty.values())
			.allSatisfy((property) -> assertThat(rows.get("xhr." + property.key())[5]).as(property.key())
				.isEqualTo(property.isInherited() ? "yes" : "no"));
	}

	/**
	 * The second table of the page: what is below {@code management}, of metrics and
	 * endpoints.
	 */
	@Test
	void thePageAboutThePropertiesHasThoseOfTheManagementToo() throws IOException {
		Map<String, String> documented = Files.readString(Path.of("../docs/properties.md"))
			.lines()
			.filter((line) -> line.startsWith("| `management."))
			.map((line) -> line.split(" \\| "))
			.collect(Collectors.toMap((row) -> row[0].split("`")[1], (row) -> row[2].replace("`", "")));
		Map<String, String> properties = new TreeMap<>();
		properties("management.").forEach((name, property) -> properties.put(name,
				property.path("defaultValue").asString("").replace('_', '-').replace("0ms", "0")));
		assertThat(properties).containsKeys("management.metrics.xhr.phases", "management.metrics.xhr.max-uri-tags");
		assertThat(documented).containsAllEntriesOf(properties.entrySet()
			.stream()
			.filter((property) -> property.getKey().matches("management\\.(metrics\\.xhr|endpoint\\.xhrhar)\\..*"))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
		assertThat(properties.keySet()).containsAll(documented.keySet());
	}

	@Test
	void namesOfBeansAreCompleted() throws IOException {
		try (InputStream metadata = XhrProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(JsonMapper.shared().readTree(metadata).get("hints").valueStream())
				.anySatisfy((hint) -> assertThat(hint.toString()).contains("\"xhr.event-executor\"",
						"spring-bean-reference", "java.util.concurrent.Executor"));
		}
	}

	private static Map<String, String> defaults() throws IOException {
		Map<String, String> defaults = new TreeMap<>();
		properties("xhr.").forEach((name, property) -> {
			if (property.has("defaultValue")) {
				defaults.put(name, property.get("defaultValue").asString());
			}
		});
		return defaults;
	}

	/**
	 * The hint has no value that there is not, and lacks none that there is.
	 */
	@Test
	void hintsAtEachTypeOfProxy() throws IOException {
		assertThat(metadata().get("hints")
			.valueStream()
			.filter((hint) -> hint.get("name").asString().equals("xhr.proxy.type"))
			.flatMap((hint) -> hint.get("values").valueStream())
			.map((value) -> value.get("value").asString()))
			.containsExactly(Stream.of(ProxySettings.Type.values())
				.map((type) -> type.name().toLowerCase(Locale.ROOT))
				.toArray(String[]::new));
	}

	@Test
	void describesEachPropertyOfTheEndpoint() throws IOException {
		Map<String, JsonNode> metadata = properties("management.endpoint.xhr.");
		assertThat(metadata.keySet()).containsExactlyInAnyOrder("management.endpoint.xhr.access",
				"management.endpoint.xhr.cache.time-to-live", "management.endpoint.xhr.show-values",
				"management.endpoint.xhr.roles");
		assertThat(metadata.get("management.endpoint.xhr.access").path("defaultValue").asString())
			.isEqualTo("read_only");
		assertThat(metadata.get("management.endpoint.xhr.show-values").path("defaultValue").asString())
			.isEqualTo(new XhrEndpointProperties().getShowValues().name().toLowerCase(Locale.ROOT));
	}

	private static Map<String, JsonNode> properties(String prefix) throws IOException {
		return metadata().get("properties")
			.valueStream()
			.filter((property) -> property.get("name").asString().startsWith(prefix))
			.collect(Collectors.toMap((property) -> property.get("name").asString(), Function.identity()));
	}

	private static JsonNode metadata() throws IOException {
		try (InputStream metadata = XhrProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(metadata).isNotNull();
			return JsonMapper.shared().readTree(metadata);
		}
	}

	private static void collect(String prefix, Class<?> type, Set<String> names) {
		for (var property : BeanUtils.getPropertyDescriptors(type)) {
			if (property.getName().equals("class")) {
				continue;
			}
			String dashed = property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			String name = ConfigurationPropertyName.of(prefix).append(dashed).toString();
			if (property.getPropertyType().getPackage() == XhrProperties.class.getPackage()
					&& !property.getPropertyType().isEnum()) {
				collect(name, property.getPropertyType(), names);
			}
			else {
				names.add(name);
			}
		}
	}

}
