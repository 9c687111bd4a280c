package io.github.springxhr.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to the demo as its page does.
 */
class DemoClient {

	private static final JsonMapper json = JsonMapper.shared();

	private final HttpClient client = HttpClient.newHttpClient();

	private final String base;

	private final Map<String, String> specs = new HashMap<>();

	DemoClient(int port) {
		this.base = "http://127.0.0.1:" + port;
	}

	Recording run(String scenario) throws Exception {
		return run(scenario, (id) -> {
		});
	}

	/**
	 * Run a scenario to its end.
	 * @param scenario its name
	 * @param atProgress given the name of the run when its first progress is shown
	 */
	Recording run(String scenario, AtProgress atProgress) throws Exception {
		List<ShownEvent> events = new ArrayList<>();
		String id = "";
		boolean told = false;
		try (Stream<String> lines = open(scenario)) {
			String name = "";
			for (Iterator<String> iterator = lines.iterator(); iterator.hasNext();) {
				String line = iterator.next();
				if (line.startsWith("event:")) {
					name = line.substring(6);
				}
				if (!line.startsWith("data:")) {
					continue;
				}
				JsonNode data = json.readTree(line.substring(5));
				switch (name) {
					case "run" -> id = data.get("id").stringValue();
					case "xhr" -> events.add(ShownEvent.of(data));
					default -> {
						return new Recording(events, data);
					}
				}
				if (!told && data.path("type").asString("").equals("progress")) {
					told = true;
					atProgress.accept(id);
				}
			}
		}
		throw new IllegalStateException("the stream of " + scenario + " ended after " + events);
	}

	/** Run a scenario and go away when its first event is shown. */
	void leave(String scenario) throws Exception {
		try (Stream<String> lines = open(scenario)) {
			lines.anyMatch((line) -> line.contains("loadstart"));
		}
	}

	private Stream<String> open(String scenario) throws IOException, InterruptedException {
		HttpResponse<Stream<String>> response = this.client.send(post("/api/runs", spec(scenario)),
				BodyHandlers.ofLines());
		if (response.statusCode() != 200) {
			throw new IllegalStateException("status " + response.statusCode());
		}
		return response.body();
	}

	/** The specification of a scenario, with a file if it wants one. */
	String spec(String scenario) throws IOException, InterruptedException {
		if (this.specs.isEmpty()) {
			JsonNode scenarios = json
				.readTree(this.client.send(request("GET", "/api/scenarios"), BodyHandlers.ofString()).body());
			scenarios.forEach((each) -> this.specs.put(each.get("id").stringValue(), each.get("spec").toString()));
		}
		String spec = this.specs.get(scenario);
		return spec.contains("\"kind\":\"file\"") ? spec.replace("\"file\":\"\"", "\"file\":\"" + file(1000) + "\"")
				: spec;
	}

	private String file(int size) throws IOException, InterruptedException {
		return json.readTree(keep(size).body()).get("file").stringValue();
	}

	/** Hand over a file of zeroes. */
	HttpResponse<String> keep(int size) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.base + "/api/files?name=a.bin"))
			.header("Content-Type", "application/octet-stream")
			.POST(BodyPublishers.ofByteArray(new byte[size]))
			.build();
		return this.client.send(request, BodyHandlers.ofString());
	}

	HttpResponse<String> send(String path, String body) throws IOException, InterruptedException {
		return this.client.send(post(path, body), BodyHandlers.ofString());
	}

	private HttpRequest post(String path, String body) {
		return HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(30))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	void abort(String id) throws Exception {
		status("DELETE", "/api/runs/" + id);
	}

	int status(String method, String path) throws Exception {
		return this.client.send(request(method, path), BodyHandlers.discarding()).statusCode();
	}

	private HttpRequest request(String method, String path) {
		return HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(30))
			.method(method, BodyPublishers.noBody())
			.build();
	}

	@FunctionalInterface
	interface AtProgress {

		void accept(String id) throws Exception;

	}

	record ShownEvent(String target, String type, long loaded) {

		static ShownEvent of(JsonNode data) {
			return new ShownEvent(data.get("target").stringValue(), data.get("type").stringValue(),
					data.path("loaded").asLong(0));
		}

		String name() {
			return this.target + " " + this.type;
		}

	}

	record Recording(List<ShownEvent> events, JsonNode result) {

		List<String> requestEvents() {
			return this.events.stream()
				.filter((event) -> event.target().equals("request"))
				.map(ShownEvent::type)
				.toList();
		}

		boolean failed() {
			return !this.result.get("failure").isNull();
		}

	}

}
