package io.github.springxhr;

import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Where a redirect leads, what it takes along, and who sees the credentials.
 */
class RedirectsAndCredentialsTests {

	/** Redirects /status/location to where the rest of the target says. */
	private static final Script REDIRECTING = Script.keepAlive((connection) -> {
		String target = connection.readRequest().request().target();
		String[] parts = target.split("\\?", 2);
		if (parts[0].matches("/\\d{3}")) {
			String status = parts[0].substring(1);
			String location = (parts.length > 1) ? "Location: " + parts[1] + "\r\n" : "";
			connection.send("HTTP/1.1 " + status + " Moved\r\n" + location + "Content-Length: 4\r\n\r\nsee!");
		}
		else {
			connection.send(Responses.ok("arrived"));
		}
	});

	private FaultServer own;

	private FaultServer other;

	private XhrFactory factory;

	@BeforeEach
	void start() {
		this.own = FaultServer.start(REDIRECTING);
		this.other = FaultServer.start(REDIRECTING);
		this.factory = XhrFactory
			.builder(WebClient.builder()
				.defaultHeader("X-Default", "secret")
				.defaultCookie("cookie", "secret")
				.filter((request, next) -> next
					.exchange(ClientRequest.from(request).header("X-Filter", "secret").build())))
			.baseUrl(this.own.url("/"))
			.header("X-Configured", "secret")
			.basicCredentials("user", "secret")
			.build();
	}

	@AfterEach
	void stop() {
		this.factory.close();
		this.own.close();
		this.other.close();
	}

	private XMLHttpRequest exchange(String method, String url, String body) throws InterruptedException {
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open(method, url);
		xhr.setRequestHeader("X-Author", "secret");
		xhr.setRequestHeader("Accept-Language", "de");
		xhr.send(body);
		log.awaitEnd();
		return xhr;
	}

	private RecordedRequest lastOf(FaultServer server) {
		return server.requests().get(server.requests().size() - 1);
	}

	@ParameterizedTest
	@CsvSource({ "301,POST,GET", "302,POST,GET", "303,POST,GET", "307,POST,POST", "308,POST,POST", "301,PUT,PUT",
			"302,PUT,PUT", "303,PUT,GET", "307,PUT,PUT", "301,GET,GET", "303,HEAD,HEAD", "303,GET,GET", "303,patch,GET",
			"302,patch,patch" })
	void methodAndBodyFollowTheStandard(int status, String method, String expected) throws InterruptedException {
		XMLHttpRequest xhr = exchange(method, "/" + status + "?/target#x", "body");
		assertThat(xhr.getStatus()).isEqualTo(200);
		assertThat(xhr.getResponseURL()).isEqualTo(this.own.url("/target"));
		RecordedRequest request = lastOf(this.own);
		assertThat(request.requestLine()).isEqualTo(expected + " /target HTTP/1.1");
		boolean keepsBody = !expected.equals("GET") && !expected.equals("HEAD");
		assertThat(request.bodyText()).isEqualTo(keepsBody ? "body" : "");
		assertThat(request.headers("Content-Type")).hasSize(keepsBody ? 1 : 0);
		assertThat(this.own.connectionsAccepted()).isLessThanOrEqualTo(2);
	}

	@Test
	void twentyRedirectsAreFollowedAndNotOneMore() throws InterruptedException {
		FaultServer counting = FaultServer.start(Script.keepAlive((connection) -> {
			int left = Integer.parseInt(connection.readRequest().request().target().substring(1));
			connection.send((left == 0) ? Responses.ok("x") : Responses.redirect("302 Found", "/" + (left - 1)));
		}));
		try (counting) {
			assertThat(exchange("GET", counting.url("/20"), null).getStatus()).isEqualTo(200);
			assertThat(exchange("GET", counting.url("/21"), null).getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
		}
	}

	@Test
	void loopIsAnError() throws InterruptedException {
		XMLHttpRequest xhr = exchange("GET", "/302?/302?/302", null);
		assertThat(xhr.getStatus()).isEqualTo(302);
		xhr = exchange("GET", this.own.url("/302?" + this.own.url("/302")), null);
		assertThat(xhr.getStatus()).isEqualTo(302);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://:x", "ftp://h/", "data:,x", "javascript:x", "http://h:99999/" })
	void locationThatCannotBeFollowedIsAnError(String location) throws InterruptedException {
		XMLHttpRequest xhr = exchange("GET", "/302?" + location, null);
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
		assertThat(xhr.getStatus()).isZero();
	}

	@Test
	void redirectWithoutALocationIsAResponse() throws InterruptedException {
		XMLHttpRequest xhr = exchange("GET", "/302", null);
		assertThat(xhr.getStatus()).isEqualTo(302);
		assertThat(xhr.getResponseText()).isEqualTo("see!");
	}

	@Test
	void fragmentOfTheRequestIsInherited() throws InterruptedException {
		XMLHttpRequest xhr = exchange("GET", "/302?/target", null);
		assertThat(xhr.getResponseURL()).isEqualTo(this.own.url("/target"));
	}

	@Test
	void ownOriginSeesEverything() throws InterruptedException {
		exchange("GET", "/x", null);
		RecordedRequest request = lastOf(this.own);
		assertThat(request.header("X-Configured")).isEqualTo("secret");
		assertThat(request.header("X-Default")).isEqualTo("secret");
		assertThat(request.header("X-Filter")).isEqualTo("secret");
		assertThat(request.header("Cookie")).isEqualTo("cookie=secret");
		assertThat(request.header("Authorization"))
			.isEqualTo(HttpHeaders.encodeBasicAuth("user", "secret", null).transform((encoded) -> "Basic " + encoded));
	}

	@Test
	void anotherOriginSeesTheAuthorsHeadersOnly() throws InterruptedException {
		exchange("GET", this.other.url("/x"), null);
		RecordedRequest request = lastOf(this.other);
		assertThat(request.header("X-Author")).isEqualTo("secret");
		assertThat(request.head()).doesNotContain("X-Configured", "X-Default", "X-Filter", "Cookie", "Authorization");
	}

	@Test
	void anotherOriginSeesNoSecretAfterARedirect() throws InterruptedException {
		exchange("POST", "/307?" + this.other.url("/x"), "body");
		RecordedRequest request = lastOf(this.other);
		assertThat(request.head()).doesNotContain("secret", "Authorization", "Cookie");
		assertThat(request.header("Accept-Language")).isEqualTo("de");
		assertThat(request.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
		assertThat(request.bodyText()).isEqualTo("body");
	}

	@Test
	void credentialsDoNotComeBackWithTheOrigin() throws InterruptedException {
		XMLHttpRequest xhr = exchange("GET", "/302?" + this.other.url("/302?" + this.own.url("/back")), null);
		assertThat(xhr.getResponseURL()).isEqualTo(this.own.url("/back"));
		assertThat(lastOf(this.own).head()).doesNotContain("secret", "Authorization", "Cookie");
	}

	@Test
	void authorsAuthorizationGoesBeforeTheConfiguredOne() throws InterruptedException {
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open("GET", "/x");
		xhr.setRequestHeader("authorization", "mine");
		xhr.setRequestHeader("X-Configured", "mine");
		xhr.send();
		log.awaitEnd();
		assertThat(lastOf(this.own).headers("Authorization")).containsExactly("mine");
		assertThat(lastOf(this.own).headers("X-Configured")).containsExactly("mine");
	}

	@Test
	void bearerTokenIsSent() throws InterruptedException {
		this.factory.close();
		this.factory = XhrFactory.builder(WebClient.builder()).baseUrl(this.own.url("/")).bearerToken("t0ken").build();
		exchange("GET", "x", null);
		assertThat(lastOf(this.own).header("Authorization")).isEqualTo("Bearer t0ken");
	}

	@Test
	void headersAndCredentialsNeedABaseUrl() {
		assertThatIllegalStateException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder()).bearerToken("t").build())
			.withMessageContaining("base-url");
		assertThatIllegalStateException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder()).header("A", "b").build())
			.withMessageContaining("base-url");
	}

	@Test
	void applicationsBuilderIsNotChanged() {
		WebClient.Builder builder = WebClient.builder().defaultHeader("A", "b");
		XhrFactory.builder(builder).baseUrl("http://h/").build().close();
		builder.defaultHeaders((headers) -> assertThat(headers.getFirst("A")).isEqualTo("b"));
	}

}
