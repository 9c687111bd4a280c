package io.github.springxhr;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.github.springxhr.cookie.Cookie;
import io.github.springxhr.cookie.CookieStore;
import io.github.springxhr.fetch.AuthorizationProvider;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A value of {@code Authorization} that is asked for before a request is sent, and the
 * origins that see it.
 */
class AuthorizationProviderTests {

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private final List<CompletableFuture<String>> asked = new ArrayList<>();

	private final List<String> refused = new ArrayList<>();

	private final AuthorizationProvider provider = new AuthorizationProvider() {

		@Override
		public CompletionStage<String> authorization() {
			CompletableFuture<String> value = new CompletableFuture<>();
			AuthorizationProviderTests.this.asked.add(value);
			return value;
		}

		@Override
		public void refused(String value) {
			AuthorizationProviderTests.this.refused.add(value);
		}

	};

	private XhrFactory factory = factory((builder) -> builder.authorizationProvider(this.provider));

	@AfterEach
	void close() {
		this.factory.close();
	}

	private XhrFactory factory(Consumer<XhrFactoryBuilder> settings) {
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
			.baseUrl("https://api.test/")
			.transport(this.transport)
			.eventExecutor(this.executor);
		settings.accept(builder);
		return builder.build();
	}

	private XMLHttpRequest send(String url) {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("GET", url);
		xhr.send();
		return xhr;
	}

	private void answer(int status, String... headers) {
		this.transport.last().head(status, headers).end();
		this.executor.run();
	}

	private String sent() {
		return this.transport.last().request.headers().get("Authorization");
	}

	@Test
	void requestWaitsForTheValue() {
		send("/x");
		assertThat(this.transport.exchanges).isEmpty();
		this.asked.get(0).complete("Bearer t");
		assertThat(sent()).isEqualTo("Bearer t");
	}

	@Test
	void requestWithoutAValueFails() {
		XMLHttpRequest xhr = send("/x");
		this.asked.get(0).completeExceptionally(new IllegalStateException("secret"));
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.AUTHORIZATION);
		assertThat(xhr.getFailure().message()).doesNotContain("secret");
		assertThat(this.transport.exchanges).isEmpty();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "Bearer a\r\nX: y", "\u20ac" })
	void valueThatIsNoneFails(String value) {
		XMLHttpRequest xhr = send("/x");
		this.asked.get(0).complete(value);
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.AUTHORIZATION);
	}

	@Test
	void providerThatThrowsFailsTheRequest() {
		this.factory.close();
		this.factory = factory((builder) -> builder.authorizationProvider(() -> {
			throw new IllegalStateException("secret");
		}));
		XMLHttpRequest xhr = send("/x");
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.OTHER);
	}

	@Test
	void abortWhileWaitingSendsNothing() {
		send("/x").abort();
		this.asked.get(0).complete("Bearer t");
		assertThat(this.transport.exchanges).isEmpty();
	}

	@Test
	void eachHopAsksAnew() {
		send("/x");
		this.asked.get(0).complete("Bearer 1");
		answer(302, "Location", "/y");
		this.asked.get(1).complete("Bearer 2");
		assertThat(sent()).isEqualTo("Bearer 2");
	}

	@Test
	void anotherOriginIsNotAskedFor() {
		send("/x");
		this.asked.get(0).complete("Bearer 1");
		answer(302, "Location", "https://other.test/");
		assertThat(sent()).isNull();
		answer(302, "Location", "https://api.test/");
		assertThat(sent()).isNull();
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void listedOriginIsAskedForWithCredentials() {
		this.factory.close();
		this.factory = factory((builder) -> builder.authorizationProvider(this.provider)
			.credentialsOrigin("https://files.test")
			.withCredentials(true));
		send("https://files.test/x");
		this.asked.get(0).complete("Bearer 1");
		assertThat(sent()).isEqualTo("Bearer 1");
		send("https://other.test/x");
		assertThat(sent()).isNull();
	}

	@Test
	void anonymousRequestAndAuthorsValueAreNotAskedFor() {
		XMLHttpRequest xhr = this.factory.create(XhrOptions.DEFAULTS.anonymous());
		xhr.open("GET", "/x");
		xhr.send();
		assertThat(sent()).isNull();
		xhr = this.factory.create();
		xhr.open("GET", "/x");
		xhr.setRequestHeader("Authorization", "mine");
		xhr.send();
		assertThat(sent()).isEqualTo("mine");
		assertThat(this.asked).isEmpty();
	}

	@Test
	void refusedValueIsToldAndTheResponseDelivered() {
		XMLHttpRequest xhr = send("/x");
		this.asked.get(0).complete("Bearer 1");
		answer(401, "WWW-Authenticate", "Bearer");
		assertThat(this.refused).containsExactly("Bearer 1");
		assertThat(xhr.getStatus()).isEqualTo(401);
	}

	@Test
	void responseIsDeliveredWhenTheProviderFailsAtARefusedValue() {
		this.factory.close();
		this.factory = factory((builder) -> builder.authorizationProvider(new AuthorizationProvider() {

			@Override
			public CompletionStage<String> authorization() {
				return AuthorizationProviderTests.this.provider.authorization();
			}

			@Override
			public void refused(String value) {
				throw new IllegalStateException(value);
			}

		}));
		XMLHttpRequest xhr = send("/x");
		this.asked.get(0).complete("Bearer 1");
		answer(401, "WWW-Authenticate", "Bearer");
		assertThat(xhr.getStatus()).isEqualTo(401);
		assertThat(xhr.getFailure()).isNull();
	}

	@Test
	void whatIsThrownOnceTheValueIsThereFailsTheRequest() {
		this.factory.close();
		this.factory = factory(
				(builder) -> builder.authorizationProvider(this.provider).cookieStore(new FailingStore()));
		XMLHttpRequest xhr = send("/x");
		this.asked.get(0).complete("Bearer 1");
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.OTHER);
		assertThat(this.transport.exchanges).isEmpty();
	}

	@Test
	void credentialsAreSetOnce() {
		assertThatIllegalStateException()
			.isThrownBy(() -> factory((builder) -> builder.bearerToken("t").authorizationProvider(this.provider)))
			.withMessageStartingWith("credentials ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> factory((builder) -> builder.credentialsOrigin("https://files.test/x")))
			.withMessageStartingWith("credentials.origins ");
	}

	@Test
	void userAgentGoesAnywhereAndIsTheAuthorsToChange() {
		this.factory.close();
		this.factory = factory((builder) -> builder.userAgent("orders/1.0"));
		send("/x");
		answer(302, "Location", "https://other.test/");
		assertThat(this.transport.last().request.headers().get("User-Agent")).isEqualTo("orders/1.0");
		assertThatIllegalArgumentException().isThrownBy(() -> factory((builder) -> builder.userAgent(" ")))
			.withMessageStartingWith("user-agent ");
	}

	private static final class FailingStore implements CookieStore {

		@Override
		public List<Cookie> cookies(String site) {
			throw new StackOverflowError();
		}

		@Override
		public void store(String site, Cookie cookie) {
			// keeps nothing
		}

		@Override
		public void remove(String site, Cookie.Identity identity) {
			// keeps nothing
		}

		@Override
		public void clear() {
			// keeps nothing
		}

	}

}
