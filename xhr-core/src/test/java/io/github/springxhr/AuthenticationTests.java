package io.github.springxhr;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.github.springxhr.FakeTransport.FakeExchange;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * User name and password of a request answer a challenge, once, and are remembered if
 * they were right.
 */
class AuthenticationTests {

	private static final String CHALLENGE = "Basic realm=\"r\"";

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private XhrFactory factory = XhrFactory.builder(WebClient.builder())
		.baseUrl("https://api.test/")
		.transport(this.transport)
		.eventExecutor(this.executor)
		.build();

	@AfterEach
	void close() {
		this.factory.close();
	}

	private XMLHttpRequest open(String url, String username, String password) {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("GET", url, true, username, password);
		return xhr;
	}

	private XMLHttpRequest send(String url, String username, String password) {
		XMLHttpRequest xhr = open(url, username, password);
		xhr.send();
		return xhr;
	}

	private String authorization() {
		return this.transport.last().request.headers().get("Authorization");
	}

	private void answer(int status, String... headers) {
		FakeExchange exchange = this.transport.last();
		exchange.head(status, headers).end();
		this.executor.run();
	}

	private static String basic(String pair) {
		return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void challengeIsAnsweredOnce() {
		XMLHttpRequest xhr = send("/a/b", "user", "pä:ß");
		assertThat(authorization()).isNull();
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(authorization()).isEqualTo(basic("user:pä:ß"));
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(this.transport.exchanges).hasSize(2);
		assertThat(xhr.getStatus()).isEqualTo(401);
		assertThat(xhr.getResponseURL()).isEqualTo("https://api.test/a/b");
	}

	@Test
	void userinfoOfTheUrlIsPercentDecoded() {
		send("https://us%C3%A9r:p%40ss@api.test/x", null, null);
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(authorization()).isEqualTo(basic("usér:p@ss"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Digest realm=\"r\", nonce=\"n\"|1", "''|1", "basic realm=x|2",
					"Digest realm=\"Basic realm=x\"|1", "Digest nonce=\"n\", Basic realm=\"r\"|2",
					"Bearer, Basic realm=\"r\"|2" })
	void onlyABasicChallengeIsAnswered(String challenge, int exchanges) {
		send("/x", "user", "pw");
		answer(401, "WWW-Authenticate", challenge);
		assertThat(this.transport.exchanges).hasSize(exchanges);
	}

	@Test
	void noUserNameNoAnswer() {
		XMLHttpRequest xhr = send("/x", null, null);
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(xhr.getStatus()).isEqualTo(401);
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@Test
	void acceptedCredentialsAreRememberedForThePathAndBelow() {
		send("/a/b", "user", "pw");
		answer(401, "WWW-Authenticate", CHALLENGE);
		answer(200);
		for (String url : List.of("/a/c", "/a/", "/a/d/e")) {
			send(url, null, null);
			assertThat(authorization()).as(url).isEqualTo(basic("user:pw"));
		}
		for (String url : List.of("/", "/ab", "/a", "https://api.test:8443/a/b", "http://api.test/a/b")) {
			send(url, null, null);
			assertThat(authorization()).as(url).isNull();
		}
	}

	@Test
	void sameCredentialsAreSentAtOnceAndOthersAreNot() {
		send("/a/b", "user", "pw");
		answer(401, "WWW-Authenticate", CHALLENGE);
		answer(200);
		send("/a/b", "user", "pw");
		assertThat(authorization()).isEqualTo(basic("user:pw"));
		send("/a/b", "other", "pw");
		assertThat(authorization()).isNull();
	}

	@Test
	void the256PlacesUsedLastAreRemembered() {
		for (int i = 0; i <= 256; i++) {
			send("/" + i + "/x", "user", "pw");
			answer(401, "WWW-Authenticate", CHALLENGE);
			answer(200);
		}
		send("/0/y", null, null);
		assertThat(authorization()).isNull();
		answer(200);
		send("/1/y", null, null);
		assertThat(authorization()).isEqualTo(basic("user:pw"));
	}

	@Test
	void refusedCredentialsAreForgotten() {
		send("/a/b", "user", "pw");
		answer(401, "WWW-Authenticate", CHALLENGE);
		answer(200);
		send("/a/b", null, null);
		answer(401, "WWW-Authenticate", CHALLENGE);
		send("/a/b", null, null);
		assertThat(authorization()).isNull();
	}

	@Test
	void wrongCredentialsAreNotRemembered() {
		send("/a/b", "user", "wrong");
		answer(401, "WWW-Authenticate", CHALLENGE);
		answer(401, "WWW-Authenticate", CHALLENGE);
		send("/a/b", null, null);
		assertThat(authorization()).isNull();
	}

	@Test
	void anonymousRequestCarriesNoneAndAnswersNone() {
		send("/a/b", "user", "pw");
		answer(401, "WWW-Authenticate", CHALLENGE);
		answer(200);
		XMLHttpRequest xhr = this.factory.create(XhrOptions.DEFAULTS.anonymous());
		xhr.open("GET", "/a/b", true, "user", "pw");
		xhr.send();
		assertThat(authorization()).isNull();
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(xhr.getStatus()).isEqualTo(401);
		assertThat(this.transport.exchanges).hasSize(3);
	}

	@Test
	void anotherOriginIsAnsweredWithCredentialsOnly() {
		send("https://other.test/", "user", "pw");
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(this.transport.exchanges).hasSize(1);
		XMLHttpRequest xhr = open("https://other.test/", "user", "pw");
		xhr.setWithCredentials(true);
		xhr.send();
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(authorization()).isEqualTo(basic("user:pw"));
	}

	@Test
	void corsRequestIsNotAnswered() {
		this.factory.close();
		this.factory = XhrFactory.builder(WebClient.builder())
			.origin("https://shop.test")
			.transport(this.transport)
			.eventExecutor(this.executor)
			.build();
		XMLHttpRequest xhr = open("https://api.test/", "user", "pw");
		xhr.setWithCredentials(true);
		xhr.send();
		answer(401, "WWW-Authenticate", CHALLENGE, "Access-Control-Allow-Origin", "https://shop.test",
				"Access-Control-Allow-Credentials", "true");
		assertThat(xhr.getStatus()).isEqualTo(401);
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@Test
	void authorsAuthorizationIsNotReplaced() {
		XMLHttpRequest xhr = open("/x", "user", "pw");
		xhr.setRequestHeader("Authorization", "mine");
		xhr.send();
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(xhr.getStatus()).isEqualTo(401);
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@Test
	void bodyThatCanBeSentOnceOnlyEndsTheRequest() {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("POST", "/x", true, "user", "pw");
		xhr.send(Flux.empty());
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.REQUEST_BODY);
	}

	@Test
	void bodyIsSentAgain() {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("POST", "/x", true, "user", "pw");
		xhr.send("body");
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(this.transport.last().request.body()).isEqualTo(this.transport.exchanges.get(0).request.body());
	}

	@Test
	void redirectAfterTheAnswerMayBeChallengedAnew() {
		XMLHttpRequest xhr = send("/x", "user", "pw");
		answer(401, "WWW-Authenticate", CHALLENGE);
		answer(302, "Location", "https://u2:p2@api.test/elsewhere/");
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(authorization()).isEqualTo(basic("u2:p2"));
		answer(200);
		assertThat(xhr.getStatus()).isEqualTo(200);
	}

	@Test
	void credentialsOfTheRequestGoBeforeTheConfigured() {
		this.factory.close();
		this.factory = XhrFactory.builder(WebClient.builder())
			.baseUrl("https://api.test/")
			.bearerToken("t0ken")
			.transport(this.transport)
			.eventExecutor(this.executor)
			.build();
		send("/x", "user", "pw");
		assertThat(authorization()).isNull();
		answer(401, "WWW-Authenticate", CHALLENGE);
		assertThat(authorization()).isEqualTo(basic("user:pw"));
	}

	@Test
	void rememberedCredentialsStayBehindAtAnotherOrigin() {
		send("/a/b", "user", "pw");
		answer(401, "WWW-Authenticate", CHALLENGE);
		answer(200);
		send("/a/b", null, null);
		answer(302, "Location", "https://other.test/");
		assertThat(authorization()).isNull();
		answer(302, "Location", "https://api.test/a/b");
		assertThat(authorization()).isNull();
	}

	@Test
	void whatStayedBehindDoesNotComeBackWithCredentialsEither() {
		send("/a/b", "user", "pw");
		answer(401, "WWW-Authenticate", CHALLENGE);
		answer(200);
		XMLHttpRequest xhr = open("/a/b", null, null);
		xhr.setWithCredentials(true);
		xhr.send();
		assertThat(authorization()).isEqualTo(basic("user:pw"));
		answer(302, "Location", "https://other.test/");
		answer(302, "Location", "https://api.test/a/b");
		assertThat(authorization()).isNull();
	}

	@Test
	void configuredAuthorizationDoesNotComeBackWithCredentialsEither() {
		this.factory.close();
		this.factory = XhrFactory.builder(WebClient.builder())
			.baseUrl("https://api.test/")
			.bearerToken("t0ken")
			.transport(this.transport)
			.eventExecutor(this.executor)
			.build();
		XMLHttpRequest xhr = open("/x", null, null);
		xhr.setWithCredentials(true);
		xhr.send();
		assertThat(authorization()).isEqualTo("Bearer t0ken");
		answer(302, "Location", "https://other.test/");
		answer(302, "Location", "https://api.test/x");
		assertThat(authorization()).isNull();
	}

}
