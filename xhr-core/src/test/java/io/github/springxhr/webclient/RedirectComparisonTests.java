package io.github.springxhr.webclient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.function.ThrowingFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Redirects and credentials side by side: the same builder and the same servers, once
 * through this client and once through plain {@link WebClient} that follows redirects.
 * What comes of it is the table of {@code docs/comparison-webclient.md}.
 */
class RedirectComparisonTests {

	private static final TestCertificates CERTIFICATES = TestCertificates.create();

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final FaultServer own = FaultServer.start(Script.keepAlive(this::answer));

	private final FaultServer other = FaultServer.start(Script.keepAlive(this::answer));

	private final FaultServer secure = FaultServer.builder()
		.tls(CERTIFICATES.valid())
		.start(Script.keepAlive(this::answer));

	private String location = "/target";

	@AfterEach
	void close() {
		this.own.close();
		this.other.close();
		this.secure.close();
	}

	private void answer(FaultConnection connection) throws IOException {
		RecordedRequest request = connection.readRequest().request();
		String path = request.target().replaceFirst("[?#].*", "");
		if (path.matches("/\\d{3}")) {
			connection.send(Responses.response(path.substring(1) + " x", "", "Location: " + this.location,
					"Set-Cookie: hop=1"));
			return;
		}
		switch (path) {
			case "/back" -> connection.send(Responses.redirect("302 x", this.own.url("/target")));
			case "/loop" -> connection.send(Responses.redirect("302 x", "/loop"));
			case "/cut" -> {
				byte[] bytes = gzip("0123456789".repeat(1000));
				connection
					.send(Responses.head("200 OK", "Content-Encoding: gzip", "Content-Length: " + bytes.length / 2));
				connection.send(Arrays.copyOf(bytes, bytes.length / 2));
			}
			case "/challenge" -> connection.send(String.valueOf(request.header("Authorization")).startsWith("Basic")
					? Responses.ok("x") : Responses.response("401 x", "", "WWW-Authenticate: Basic realm=x"));
			default -> connection.send(Responses.ok("x"));
		}
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	@TestFactory
	Stream<DynamicTest> bothDoWhatTheDocumentSays() {
		Map<String, List<String>> documented = documented();
		return cases().entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey(),
					() -> assertThat(measure(entry.getValue())).isEqualTo(documented.get(entry.getKey()))));
	}

	@Test
	void documentHasTheseCasesAndNoOther() {
		assertThat(documented().keySet()).containsExactlyElementsOf(cases().keySet());
	}

	private List<String> measure(ThrowingFunction<Client, String> measurement) throws Exception {
		try (XhrClient xhr = new XhrClient()) {
			this.location = "/target";
			String ours = measurement.applyWithException(xhr);
			this.location = "/target";
			return List.of(ours, measurement.applyWithException(new PlainClient()));
		}
	}

	private static Map<String, List<String>> documented() {
		Map<String, List<String>> rows = new LinkedHashMap<>();
		read(Path.of("../docs/comparison-webclient.md")).lines()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| what"))
			.map((line) -> line.split("\\s*\\|\\s*"))
			.forEach((cells) -> rows.put(cells[1], List.of(cells[2], cells[3])));
		return rows;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, ThrowingFunction<Client, String>> cases() {
		Map<String, ThrowingFunction<Client, String>> cases = new LinkedHashMap<>();
		for (int status : List.of(301, 302, 303, 307, 308)) {
			for (String method : List.of("POST", "PUT")) {
				cases.put(status + " after " + method, (client) -> methodAfter(client, method, status));
			}
		}
		cases.put("`Content-Type` after a 303", (client) -> {
			client.send("POST", this.own.url("/303"), "body");
			return (last(this.own).header("Content-Type") != null) ? "kept" : "dropped";
		});
		for (String name : List.of("X-Api-Key", "Authorization", "Cookie")) {
			cases.put("`" + name + "` to another origin", (client) -> atOther(client, name));
			cases.put("`" + name + "` after a redirect away and back", (client) -> afterReturn(client, name));
		}
		cases.put("`Set-Cookie` of a redirect", (client) -> {
			client.send("GET", this.own.url("/302"), null);
			String cookie = last(this.own).header("Cookie");
			return (cookie != null && cookie.contains("hop=1")) ? "kept and sent" : "lost";
		});
		locations(cases);
		cases.put("a loop", (client) -> {
			int before = this.own.requestCount();
			String outcome = client.send("GET", this.own.url("/loop"), null);
			return outcome + ", after " + (this.own.requestCount() - before) + " requests";
		});
		cases.put("a streamed body and a 307", this::streamed);
		cases.put("401, user and password in the URL",
				(client) -> client.send("GET", userinfo(this.own.url("/challenge")), null));
		cases.put("password in the URL of an unknown host", (client) -> {
			client.send("GET", userinfo("http://host.invalid/"), null);
			return client.failure().contains("s3cret") ? "in the exception" : "not in the exception";
		});
		cases.put("a gzip body that is cut off", (client) -> client.send("GET", this.own.url("/cut"), null));
		return cases;
	}

	private void locations(Map<String, ThrowingFunction<Client, String>> cases) {
		cases.put("`Location` from https to http", (client) -> to(client, this.own.url("/target"), this.secure));
		cases.put("`Location` with the scheme ftp", (client) -> to(client, "ftp://host.invalid/", this.own));
		cases.put("`Location` that is no URL", (client) -> to(client, "http://:x/", this.own));
		cases.put("`Location` with a space", (client) -> to(client, "/a b", this.own));
		cases.put("`Location` with user and password at another origin",
				(client) -> to(client, userinfo(this.other.url("/target")), this.own));
		cases.put("`#fragment` of the request", (client) -> {
			client.send("GET", this.own.url("/302#part"), null);
			return "`GET " + last(this.own).target() + "`";
		});
	}

	private String methodAfter(Client client, String method, int status) {
		client.send(method, this.own.url("/" + status), "body");
		RecordedRequest request = last(this.own);
		return (request.target().equals("/target") ? "" : "not followed: ") + request.method()
				+ (request.bodyText().isEmpty() ? "" : " with the body");
	}

	private String atOther(Client client, String name) {
		this.location = this.other.url("localhost", "/target");
		client.send("GET", this.own.url("/302"), null);
		return (last(this.other).header(name) != null) ? "**sent**" : "not sent";
	}

	private String afterReturn(Client client, String name) {
		this.location = this.other.url("localhost", "/back");
		client.send("GET", this.own.url("/302"), null);
		assertThat(last(this.own).target()).isEqualTo("/target");
		String value = last(this.own).header(name);
		return (value != null && value.contains("s3cret")) ? "sent" : "not sent";
	}

	private String to(Client client, String location, FaultServer from) {
		this.location = location;
		return client.send("GET", from.url("/302"), null);
	}

	private String streamed(Client client) {
		Sinks.Many<ByteBuffer> once = Sinks.many().unicast().onBackpressureBuffer();
		once.tryEmitNext(ByteBuffer.wrap("body".getBytes(StandardCharsets.UTF_8)));
		once.tryEmitComplete();
		String outcome = client.send("POST", this.own.url("/307"), once.asFlux());
		return outcome + (last(this.own).target().equals("/target") ? ", after a request to the target" : "");
	}

	private static String userinfo(String url) {
		return url.replace("://", "://user:s3cret@");
	}

	private static RecordedRequest last(FaultServer server) {
		return server.requests().get(server.requestCount() - 1);
	}

	private static HttpClient trusting(HttpClient client) {
		return client
			.secure((spec) -> spec.sslContext((SslProvider.GenericSslContextSpec<?>) Http11SslContextSpec.forClient()
				.configure((builder) -> builder.trustManager(CERTIFICATES.trust()))));
	}

	private static WebClient.Builder webClientBuilder() {
		return WebClient.builder()
			.defaultHeader("X-Api-Key", "s3cret")
			.defaultHeader("Authorization", "Bearer s3cret")
			.defaultCookie("session", "s3cret");
	}

	/**
	 * A client that tells in a few words how a request ended.
	 */
	private abstract static class Client {

		private String failure = "";

		/** Send a request; the body is text, a stream, or nothing. */
		abstract String send(String method, String url, @Nullable Object body);

		String failed(Throwable thrown) {
			StringWriter text = new StringWriter();
			thrown.printStackTrace(new PrintWriter(text));
			this.failure = text.toString();
			return "network error";
		}

		static String ended(int status, String text) {
			return "status " + status + ((text.length() > 1) ? ", " + text.length() + " characters" : "");
		}

		/** The stack trace of the last failure. */
		String failure() {
			return this.failure;
		}

	}

	private final class XhrClient extends Client implements AutoCloseable {

		private final XhrFactory factory = XhrFactory.builder(webClientBuilder())
			.baseUrl(RedirectComparisonTests.this.own.url("/"))
			.cookieStore(new InMemoryCookieStore())
			.transport(new WebClientTransport(WebClient.builder(), new TransportSettings("test", LIMIT, false, null),
					RedirectComparisonTests::trusting))
			.build();

		@Override
		@SuppressWarnings("unchecked")
		String send(String method, String url, @Nullable Object body) {
			XMLHttpRequest xhr = this.factory.create();
			xhr.open(method, url, false);
			try {
				if (body instanceof Flux<?> stream) {
					xhr.send((Flux<ByteBuffer>) stream);
				}
				else {
					xhr.send((String) body);
				}
			}
			catch (XhrException ex) {
				return failed(ex);
			}
			return ended(xhr.getStatus(), xhr.getResponseText());
		}

		@Override
		public void close() {
			this.factory.close();
		}

	}

	private static final class PlainClient extends Client {

		private final WebClient client = webClientBuilder()
			.clientConnector(
					new ReactorClientHttpConnector(trusting(HttpClient.create()).followRedirect(true).compress(true)))
			.build();

		@Override
		String send(String method, String url, @Nullable Object body) {
			WebClient.RequestBodySpec spec = this.client.method(HttpMethod.valueOf(method)).uri(URI.create(url));
			if (body instanceof Flux<?> stream) {
				spec.body(stream, ByteBuffer.class);
			}
			else if (body != null) {
				spec.contentType(MediaType.TEXT_PLAIN).bodyValue(body);
			}
			try {
				return spec
					.exchangeToMono((response) -> response.bodyToMono(String.class)
						.defaultIfEmpty("")
						.map((text) -> ended(response.statusCode().value(), text)))
					.block(LIMIT);
			}
			catch (RuntimeException ex) {
				return failed(ex);
			}
		}

	}

}
