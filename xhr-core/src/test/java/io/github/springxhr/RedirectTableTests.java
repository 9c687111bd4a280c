package io.github.springxhr;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.springxhr.FakeTransport.FakeExchange;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.HeaderList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every redirect status with every method, with and without a body, and every form of
 * {@code Location}.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-http-redirect-fetch">Fetch
 * Standard, HTTP-redirect fetch</a>
 */
class RedirectTableTests {

	private static final String URL = "https://h.test/a/b?x#frag";

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

	/** The method that follows, in the order of {@link #METHODS}. */
	private static final Map<Integer, List<String>> FOLLOWING = Map.of(//
			301, List.of("GET", "HEAD", "GET", "PUT", "PATCH", "DELETE", "OPTIONS"), //
			302, List.of("GET", "HEAD", "GET", "PUT", "PATCH", "DELETE", "OPTIONS"), //
			303, List.of("GET", "HEAD", "GET", "GET", "GET", "GET", "GET"), //
			307, List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"), //
			308, List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"));

	static final List<Form> FORMS = List.of(//
			new Form("a relative path", "c", "https://h.test/a/c", "frag"), //
			new Form("an absolute path", "/c#new", "https://h.test/c", "new"), //
			new Form("a query", "?y", "https://h.test/a/b?y", "frag"), //
			new Form("a fragment", "#new", "https://h.test/a/b?x", "new"), //
			new Form("nothing", "", "https://h.test/a/b?x", "frag"), //
			new Form("dot segments", "../../../c/./d", "https://h.test/c/d", "frag"), //
			new Form("a host", "//other.test/c", "https://other.test/c", "frag"), //
			new Form("a URL", "https://other.test:8443/c?z#new", "https://other.test:8443/c?z", "new"), //
			new Form("the default port", "https://h.test:443/c", "https://h.test/c", "frag"), //
			new Form("bytes of UTF-8", "/\u00c3\u00a4", "https://h.test/%C3%A4", "frag"), //
			new Form("spaces around it", "  /c\t", "https://h.test/c", "frag"), //
			new Form("a user name at home", "https://u:p@h.test/c", "https://h.test/c", "frag"), //
			new Form("a user name elsewhere", "https://u:p@other.test/c", null, null), //
			new Form("no URL", "https://h.test:99999/", null, null), //
			new Form("another scheme", "ftp://h.test/c", null, null), //
			new Form("data:", "data:,x", null, null), //
			new Form("https to http", "http://h.test/c", null, null));

	static Stream<Arguments> cells() {
		return FOLLOWING.keySet()
			.stream()
			.sorted()
			.flatMap((status) -> METHODS.stream()
				.flatMap((method) -> Stream.of("body", null)
					.flatMap((body) -> FORMS.stream().map((form) -> Arguments.of(status, method, body, form)))));
	}

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private XMLHttpRequest redirect(String method, String body, int status, String... headers) {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.baseUrl("https://h.test/")
			.transport(this.transport)
			.eventExecutor(this.executor)
			.header("X-Configured", "secret")
			.build()) {
			XMLHttpRequest xhr = factory.create();
			xhr.open(method, URL);
			xhr.setRequestHeader("X-Author", "secret");
			xhr.setRequestHeader("Content-Language", "de");
			xhr.send(body);
			this.transport.only().head(status, headers).end();
			this.executor.run();
			if (this.transport.exchanges.size() == 2) {
				this.transport.last().head(200).end();
				this.executor.run();
			}
			return xhr;
		}
	}

	@ParameterizedTest(name = "{0} {1} {2} {3}")
	@MethodSource("cells")
	void followsTheStandard(int status, String method, String body, Form form) {
		XMLHttpRequest xhr = redirect(method, body, status, "Location", form.location());
		if (form.target() == null) {
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
			assertThat(this.transport.exchanges).hasSize(1);
			return;
		}
		FakeExchange followed = this.transport.last();
		String following = FOLLOWING.get(status).get(METHODS.indexOf(method));
		boolean hadBody = body != null && !List.of("GET", "HEAD").contains(method);
		boolean rewritten = !following.equals(method);
		assertThat(this.transport.exchanges).hasSize(2);
		assertThat(followed.request.method()).isEqualTo(following);
		assertThat(followed.request.body() != null).isEqualTo(hadBody && !rewritten);
		assertThat(xhr.getResponseURL()).isEqualTo(form.target());
		assertThat(followed.request.url().fragment()).isEqualTo(form.fragment());
		HeaderList headers = followed.request.headers();
		assertThat(headers.contains("Content-Language")).isEqualTo(!rewritten);
		assertThat(headers.contains("Content-Type")).isEqualTo(hadBody && !rewritten);
		boolean home = form.target().startsWith("https://h.test/");
		assertThat(headers.contains("X-Author")).isEqualTo(home);
		assertThat(headers.contains("X-Configured")).isEqualTo(home);
	}

	@ParameterizedTest
	@FieldSource("METHODS")
	void withoutALocationItIsTheResponse(String method) {
		XMLHttpRequest xhr = redirect(method, "body", 302);
		assertThat(xhr.getStatus()).isEqualTo(302);
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@ParameterizedTest
	@FieldSource("METHODS")
	void twoLocationsAreNone(String method) {
		XMLHttpRequest xhr = redirect(method, "body", 302, "Location", "/c", "Location", "/c");
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
	}

	@Test
	void credentialsThatAnotherOriginPlantsAreRefused() {
		FakeTransport network = this.transport;
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.baseUrl("https://h.test/")
			.transport(network)
			.eventExecutor(this.executor)
			.build()) {
			XMLHttpRequest xhr = factory.create();
			xhr.open("GET", "/x");
			xhr.setWithCredentials(true);
			xhr.send();
			network.last().head(302, "Location", "https://evil.test/").end();
			network.last().head(302, "Location", "https://mallory:pw@h.test/a/b").end();
			this.executor.run();
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
			assertThat(network.exchanges).hasSize(2);
		}
	}

	@Test
	void rangeGoesAlongToAnotherOrigin() {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.baseUrl("https://h.test/")
			.transport(this.transport)
			.eventExecutor(this.executor)
			.build()) {
			XMLHttpRequest xhr = factory.create();
			xhr.open("POST", "/x");
			xhr.setRequestHeader("Range", "bytes=0-9");
			xhr.setRequestHeader("Accept", "text/csv");
			xhr.setRequestHeader("Accept-Language", "a secret: x");
			xhr.setRequestHeader("Content-Type", "application/json");
			xhr.send("{}");
			this.transport.last().head(307, "Location", "https://cdn.test/").end();
			HeaderList headers = this.transport.last().request.headers();
			assertThat(headers.get("Range")).isEqualTo("bytes=0-9");
			assertThat(headers.get("Accept")).isEqualTo("text/csv");
			assertThat(headers.get("Content-Type")).isEqualTo("application/json");
			assertThat(headers.contains("Accept-Language")).isFalse();
			xhr.abort();
		}
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "0,1", "3,3", "3,4", "20,20", "20,21" })
	void redirectsAreCounted(int max, int redirects) {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.transport(this.transport)
			.eventExecutor(this.executor)
			.maxRedirects(max)
			.build()) {
			XMLHttpRequest xhr = factory.create();
			xhr.open("GET", "http://h/");
			xhr.send();
			for (int i = 0; i < redirects; i++) {
				this.transport.last().head(302, "Location", "/" + i).end();
			}
			this.executor.run();
			assertThat(xhr.getFailure() != null).isEqualTo(redirects > max);
			assertThat(this.transport.exchanges).hasSize(Math.min(redirects, max) + 1);
			xhr.abort();
		}
	}

	@Test
	void httpsToHttpIsFollowedIfItIsAllowed() {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.transport(this.transport)
			.eventExecutor(this.executor)
			.allowHttpsDowngrade(true)
			.build()) {
			XMLHttpRequest xhr = factory.create();
			xhr.open("GET", "https://h/");
			xhr.send();
			this.transport.last().head(302, "Location", "http://h/").end();
			assertThat(this.transport.last().request.url().scheme()).isEqualTo("http");
			xhr.abort();
		}
	}

	/**
	 * A form of {@code Location}, and where it leads; {@code null} for nowhere.
	 */
	record Form(String name, String location, String target, String fragment) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
