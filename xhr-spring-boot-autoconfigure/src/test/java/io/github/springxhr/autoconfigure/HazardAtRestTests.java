package io.github.springxhr.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FetchFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * An application is given a secret wherever it can be given one, uses all of them, in
 * requests that succeed and that fail, and shows what it can: the endpoints of the
 * actuator, the log in detail, every meter and observation, exceptions, and the
 * {@code toString()} of our beans and of requests. None tells a secret.
 */
@ExtendWith(OutputCaptureExtension.class)
class HazardAtRestTests {

	/** What is logged in detail: us, and whatever of Spring's has to do with requests. */
	private static final List<String> LOGGED = List.of("io.github.springxhr", "org.springframework.web.reactive",
			"org.springframework.security", "org.springframework.boot.webclient");

	private final FaultServer server = FaultServer.builder()
		.timeout(Duration.ofMinutes(1))
		.start(Script.keepAlive(this::answer));

	private final FaultServer proxy = FaultServer.start(Script.keepAlive((connection) -> connection.readRequestHead()
		.send(Responses.response("407 Proxy Authentication Required", "no"))));

	private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
		try (this.server) {
			this.proxy.close();
		}
	}

	@Test
	void noSecretIsTold(CapturedOutput output) throws Exception {
		try {
			this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
				.properties(properties())
				.initializers((context) -> LOGGED.forEach((logger) -> level(logger, LogLevel.TRACE)))
				.run();
			succeed();
			fail();
			EventLog silent = silent();
			Map<String, String> actuator = actuator();
			assertThat(actuator.get("/xhr")).contains("silent/");
			assertThat(actuator.keySet()).contains("/xhr", "/xhr/orders", "/env", "/configprops", "/beans",
					"/conditions", "/metrics/xhr.requests", "/prometheus", "/xhrhar");
			this.texts.addAll(actuator.values());
			this.context.getBean(XhrFactories.class).get("orders").close();
			assertThat(silent.awaitEnd().entries()).contains("abort(0,0,false)");
			this.context.getBeansOfType(Object.class)
				.values()
				.stream()
				.filter((bean) -> bean.getClass().getName().startsWith("io.github.springxhr"))
				.forEach((bean) -> this.texts.add(bean.toString()));
			this.context.getBean(MeterRegistry.class)
				.getMeters()
				.forEach((meter) -> this.texts.add(meter.getId().toString()));
			List<String> observations = this.context.getBean(Observations.class).texts;
			assertThat(observations).anyMatch((text) -> text.startsWith("xhr.requests"))
				.anyMatch((text) -> text.startsWith("http.client.requests"));
			this.texts.addAll(observations);
			await().until(() -> output.getAll().contains("orders: GET silent/{id}"));
			this.texts.add(output.getAll());
		}
		finally {
			LOGGED.forEach((logger) -> level(logger, null));
		}
		assertThat(sent()).isEqualTo(Set.of(Planted.values()));
		assertThat(told()).isEmpty();
	}

	private static void level(String logger, LogLevel level) {
		LoggingSystem.get(HazardAtRestTests.class.getClassLoader()).setLogLevel(logger, level);
	}

	private Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("server.port", 0);
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.jmx.enabled", false);
		properties.put("management.endpoints.web.exposure.include", "*");
		properties.put("management.endpoint.xhr.show-values", "always");
		String registration = "spring.security.oauth2.client.registration.shop.";
		properties.put(registration + "client-id", "me");
		properties.put(registration + "client-secret", Planted.CLIENT_SECRET.value());
		properties.put(registration + "authorization-grant-type", "client_credentials");
		properties.put("spring.security.oauth2.client.provider.shop.token-uri", this.server.url("/token"));
		for (String client : List.of("xhr", "xhr.clients.orders", "xhr.clients.shop", "xhr.clients.proxied")) {
			properties.put(client + ".base-url", this.server.url("/"));
		}
		properties.put("xhr.timeout", "20s");
		properties.put("xhr.headers.X-Api-Key", Planted.HEADER.value());
		properties.put("xhr.credentials.basic.username", Planted.USER_NAME.value());
		properties.put("xhr.credentials.basic.password", Planted.PASSWORD.value());
		properties.put("xhr.clients.orders.credentials.bearer.token", Planted.TOKEN.value());
		properties.put("xhr.clients.orders.cookies.enabled", true);
		properties.put("xhr.clients.shop.credentials.oauth2.registration-id", "shop");
		properties.put("xhr.clients.proxied.proxy.host", "127.0.0.1");
		properties.put("xhr.clients.proxied.proxy.port", this.proxy.port());
		properties.put("xhr.clients.proxied.proxy.username", Planted.PROXY_USER_NAME.value());
		properties.put("xhr.clients.proxied.proxy.password", Planted.PROXY_PASSWORD.value());
		return properties;
	}

	private void answer(FaultConnection connection) {
		String target = connection.readRequest().request().target();
		switch (target.split("[?]")[0]) {
			case "/token" ->
				connection.send(Responses.ok(
						"{\"access_token\":\"" + Planted.ACCESS_TOKEN.value()
								+ "\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
						"Content-Type: application/json"));
			case "/redirect" ->
				connection.send(Responses.redirect("307 x", "http://u:" + Planted.LOCATION.value() + "@localhost/"));
			case "/cut" -> connection.send(Responses.head("200 OK", "Content-Length: 9")).close();
			case "/garbled" -> connection.send(Responses.ok(Planted.RESPONSE.value(), "Content-Encoding: gzip"));
			case "/challenge" -> connection.send(connection.request().header("Authorization") != null
					? Responses.ok("x") : Responses.response("401 x", "", "WWW-Authenticate: Basic realm=x"));
			case "/silent/7" -> connection.awaitPeerClosed();
			default ->
				connection.send(Responses.ok(Planted.RESPONSE.value(), "Set-Cookie: a=" + Planted.COOKIE.value()));
		}
	}

	private void succeed() throws InterruptedException {
		for (XhrFactory factory : List.of(client("default"), client("orders"), client("shop"))) {
			for (int i = 0; i < 2; i++) {
				XMLHttpRequest request = factory.create();
				request.open("POST", "items?key=" + Planted.QUERY.value());
				request.setRequestHeader("X-Session", Planted.AUTHOR.value());
				send(request, Planted.BODY.value());
				assertThat(request.getStatus()).isEqualTo(200);
			}
		}
		XMLHttpRequest request = client("orders").create();
		String url = this.server.url("/challenge").replace("//", "//u:" + Planted.URL.value() + "@");
		request.open("GET", url);
		send(request, null);
	}

	private void fail() throws InterruptedException {
		for (String url : List.of("cut", "redirect", "garbled", "http://host.invalid/")) {
			for (XhrFactory factory : List.of(client("default"), client("orders"), client("proxied"))) {
				XMLHttpRequest request = factory.create();
				request.open("GET", url + "?key=" + Planted.QUERY.value());
				request.setRequestHeader("X-Session", Planted.AUTHOR.value());
				send(request, null);
				assertThat(request.getFailure()).isNotNull();
				request.open("GET", url + "?key=" + Planted.QUERY.value(), false);
				XhrException thrown = catchThrowableOfType(XhrException.class, request::send);
				assertThat(thrown.getName()).isEqualTo("NetworkError");
				look(thrown);
			}
		}
	}

	private EventLog silent() {
		XMLHttpRequest request = client("orders").create();
		EventLog log = EventLog.ofRequest(request);
		request.open(HttpMethod.GET, "silent/{id}?key=" + Planted.QUERY.value(), "7");
		request.send();
		return log;
	}

	private XhrFactory client(String name) {
		return name.equals("default") ? this.context.getBean(XhrFactory.class)
				: this.context.getBean(XhrFactories.class).get(name);
	}

	private void send(XMLHttpRequest request, String body) throws InterruptedException {
		EventLog log = EventLog.ofRequest(request);
		request.send(body);
		log.awaitEnd();
		this.texts.add(request.toString() + request.getChannel() + request.getUpload());
		FetchFailure failure = request.getFailure();
		if (failure != null) {
			this.texts.add(failure.toString() + failure.cors());
			if (failure.cause() != null) {
				look(failure.cause());
			}
		}
	}

	private void look(Throwable thrown) {
		StringWriter text = new StringWriter();
		thrown.printStackTrace(new PrintWriter(text));
		this.texts.add(text.toString());
	}

	/**
	 * Read every endpoint of the actuator, each of its meters, and each client of ours.
	 */
	private Map<String, String> actuator() throws Exception {
		String root = "http://localhost:" + this.context.getEnvironment().getRequiredProperty("local.server.port")
				+ "/actuator";
		HttpClient http = HttpClient.newHttpClient();
		JsonMapper mapper = JsonMapper.shared();
		Map<String, String> bodies = new LinkedHashMap<>();
		Deque<String> paths = new ArrayDeque<>();
		for (JsonNode link : mapper.readTree(get(http, root)).get("_links")) {
			if (!link.get("templated").asBoolean()) {
				paths.add(link.get("href").asString().substring(root.length()));
			}
		}
		paths.removeAll(List.of("", "/heapdump"));
		while (!paths.isEmpty()) {
			String path = paths.remove();
			String body = get(http, root + path);
			bodies.put(path, body);
			if (path.equals("/metrics")) {
				mapper.readTree(body).get("names").forEach((name) -> paths.add("/metrics/" + name.asString()));
			}
			if (path.equals("/xhr")) {
				mapper.readTree(body).get("clients").propertyNames().forEach((name) -> paths.add("/xhr/" + name));
			}
		}
		return bodies;
	}

	/** Return what an endpoint answers, be it that it cannot be read. */
	private static String get(HttpClient http, String url) throws Exception {
		return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).body();
	}

	/** Return the secrets that were really used, by us or by a server. */
	private Set<Planted> sent() {
		String all = Stream.of(this.server, this.proxy)
			.flatMap((server) -> server.requests().stream())
			.map((request) -> request.head() + request.bodyText())
			.collect(Collectors.joining());
		return Stream.of(Planted.values())
			.filter((secret) -> secret.byServer || secret.isIn(all))
			.collect(Collectors.toSet());
	}

	/** Return the secrets that were told, each with what is around it. */
	private Set<String> told() {
		Set<String> told = new LinkedHashSet<>();
		for (String text : this.texts) {
			text.lines().forEach((line) -> {
				for (Planted secret : Planted.values()) {
					if (secret.isIn(line)) {
						told.add(secret + ": " + line);
					}
				}
			});
		}
		return told;
	}

	private enum Planted {

		HEADER, USER_NAME, PASSWORD, TOKEN, CLIENT_SECRET, ACCESS_TOKEN, PROXY_USER_NAME, PROXY_PASSWORD, QUERY, URL,
		AUTHOR, BODY, COOKIE, LOCATION(true), RESPONSE(true);

		/** Whether it is the server that sends it, and nobody sends it back. */
		private final boolean byServer;

		Planted() {
			this(false);
		}

		Planted(boolean byServer) {
			this.byServer = byServer;
		}

		String value() {
			return "c4n4ry" + name().replace("_", "").toLowerCase(Locale.ROOT) + "0Yz";
		}

		boolean isIn(String text) {
			return text.contains(value()) || encoded(text);
		}

		/** Whether it is part of what has been encoded for {@code Basic}. */
		private boolean encoded(String text) {
			return Stream
				.of(basic(USER_NAME, PASSWORD), basic(PROXY_USER_NAME, PROXY_PASSWORD), basic("u", URL.value()),
						basic("me", CLIENT_SECRET.value()))
				.filter(text::contains)
				.anyMatch((basic) -> new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8)
					.contains(value()));
		}

		private static String basic(Planted name, Planted password) {
			return basic(name.value(), password.value());
		}

		private static String basic(String name, String password) {
			return Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
		}

	}

	static class Observations implements ObservationHandler<Observation.Context> {

		private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

		@Override
		public void onStop(Observation.Context context) {
			this.texts.add(context.getName() + context.getContextualName() + context.getAllKeyValues()
					+ Objects.toString(context.getError()));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { ServletWebSecurityAutoConfiguration.class,
			SecurityFilterAutoConfiguration.class, OAuth2ClientWebSecurityAutoConfiguration.class,
			ManagementWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
	static class Application {

		@Bean
		Observations observations() {
			return new Observations();
		}

	}

}
