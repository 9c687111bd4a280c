package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.github.springxhr.ManagedXhrFactory;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.ReactiveOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens of Spring Security's OAuth2 client: where they go, how they are got, and what
 * happens when there is none, over sockets.
 */
class XhrOAuth2Tests {

	private static final OAuth2AccessToken.TokenType BEARER = OAuth2AccessToken.TokenType.BEARER;

	private static final String AWAY = "/away";

	private final AtomicInteger tokens = new AtomicInteger();

	private final AtomicReference<String> refused = new AtomicReference<>("none");

	private FaultServer tokenServer;

	private FaultServer api;

	private FaultServer other;

	@BeforeEach
	void start() {
		this.tokenServer = FaultServer.start(Script.keepAlive((connection) -> {
			String body = connection.readRequest().request().bodyText();
			connection.await("tokens")
				.send(Responses.ok(
						"{\"access_token\":\"t0ken-" + this.tokens.incrementAndGet()
								+ "\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
						"Content-Type: application/json", "X-Body-Length: " + body.length()));
		}));
		this.other = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("of the other"))));
		this.api = FaultServer.start(Script.keepAlive((connection) -> {
			RecordedRequest request = connection.readRequest().request();
			if (request.target().equals(AWAY)) {
				connection.send(Responses.redirect("307 Temporary Redirect", this.other.url("/")));
			}
			else if (Objects.equals(request.header("Authorization"), this.refused.get())) {
				connection.send(Responses.response("401 Unauthorized", "", "WWW-Authenticate: Bearer"));
			}
			else {
				connection.send(Responses.ok(String.valueOf(request.header("Authorization"))));
			}
		}));
	}

	@AfterEach
	void stop() {
		SecurityContextHolder.clearContext();
		this.tokenServer.close();
		this.api.close();
		this.other.close();
	}

	@ParameterizedTest
	@EnumSource
	void sendsATokenAndGetsItOnce(Application application) {
		this.tokenServer.open("tokens");
		application.run(this, (orders) -> {
			assertThat(Requests.get(orders, "/").getResponseText()).isEqualTo("Bearer t0ken-1");
			assertThat(Requests.get(orders, "/").getResponseText()).isEqualTo("Bearer t0ken-1");
		});
		assertThat(this.tokenServer.requestCount()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void requestsAtTheSameTimeShareOneRequestForAToken(Application application) {
		application.run(this, (orders) -> {
			List<CompletableFuture<XMLHttpRequest>> all = IntStream.range(0, 100)
				.mapToObj((i) -> opened(orders, "/").sendAsync(null))
				.toList();
			this.tokenServer.awaitRequest(0);
			this.tokenServer.open("tokens");
			assertThat(all)
				.allSatisfy((request) -> assertThat(request.join().getResponseText()).isEqualTo("Bearer t0ken-1"));
		});
		assertThat(this.tokenServer.requestCount()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void aTokenThatIsRefusedIsRemoved(Application application) {
		this.tokenServer.open("tokens");
		this.refused.set("Bearer t0ken-1");
		application.run(this, (orders) -> {
			assertThat(Requests.get(orders, "/").getStatus()).isEqualTo(401);
			assertThat(Requests.get(orders, "/").getResponseText()).isEqualTo("Bearer t0ken-2");
			assertThat(Requests.get(orders, "/").getResponseText()).isEqualTo("Bearer t0ken-2");
		});
		assertThat(this.tokenServer.requestCount()).isEqualTo(2);
	}

	@Test
	void anotherOriginNeverSeesIt() {
		this.tokenServer.open("tokens");
		Application.BLOCKING.run(this, (orders) -> {
			assertThat(Requests.get(orders, AWAY).getResponseText()).isEqualTo("of the other");
			assertThat(Requests.get(orders, this.other.url("/b")).getStatus()).isEqualTo(200);
		});
		assertThat(this.api.awaitRequest(0).header("Authorization")).isEqualTo("Bearer t0ken-1");
		assertThat(this.other.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.header("Authorization")).isNull());
	}

	@Test
	void anOriginThatIsNamedSeesItToo() {
		this.tokenServer.open("tokens");
		Application.PLAIN.run(this, (orders) -> Requests.get(orders, this.other.url("/")),
				"xhr.clients.orders.with-credentials=true",
				"xhr.clients.orders.credentials.origins=" + this.other.url("").replaceAll("/$", ""));
		assertThat(this.other.awaitRequest(0).header("Authorization")).isEqualTo("Bearer t0ken-1");
	}

	@ParameterizedTest
	@EnumSource
	void withoutATokenTheRequestFailsAndTellsNoSecret(Application application) {
		try (FaultServer denying = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send(Responses.response("400 Bad Request",
					"{\"error\":\"invalid_client\",\"error_description\":\"s3cret of the server\"}",
					"Content-Type: application/json"))))) {
			application.run(this, (orders) -> {
				FetchFailure failure = failure(Requests.get(orders, "/"));
				assertThat(failure.kind()).isEqualTo(FailureKind.AUTHORIZATION);
				assertThat(failure.cause()).hasMessage("there is no token of the registration 'shop': invalid_client")
					.hasNoCause();
				assertThat(failure.toString() + failure.message()).doesNotContain("s3cret");
				assertThat(Requests.get(orders, this.other.url("/")).getStatus()).isEqualTo(200);
			}, "spring.security.oauth2.client.provider.shop.token-uri=" + denying.url("/token"));
			assertThat(denying.requestCount()).isOne();
		}
		assertThat(this.api.requestCount()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void theTimeoutCountsWhileATokenIsFetched(Application application) {
		application.run(this, (orders) -> {
			FetchFailure failure = failure(Requests.sent(orders, "/"));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			this.tokenServer.open("tokens");
			assertThat(Requests.get(orders, "/").getResponseText()).isEqualTo("Bearer t0ken-1");
		});
	}

	@Test
	void aManagerOfTheApplicationWinsAndMayBlock() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		AtomicReference<String> principal = new AtomicReference<>();
		OAuth2AuthorizedClientManager manager = (request) -> {
			thread.set(Thread.currentThread());
			principal.set(request.getPrincipal().getName());
			assertThat(Schedulers.isInNonBlockingThread()).isFalse();
			return null;
		};
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class,
				ReactiveOAuth2ClientAutoConfiguration.class)
			.withBean(OAuth2AuthorizedClientManager.class, () -> manager)
			.run((context) -> {
				FetchFailure failure = failure(Requests.get(orders(context), "/"));
				assertThat(failure.kind()).isEqualTo(FailureKind.AUTHORIZATION);
				assertThat(failure.cause()).hasMessageContaining("grant is not supported");
			});
		assertThat(thread.get()).isNotNull().isNotSameAs(Thread.currentThread());
		assertThat(principal).hasValue("orders");
		assertThat(this.tokenServer.requestCount()).isZero();
	}

	@Test
	void aClientOfTheApplicationAsksForTokens() {
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class)
			.withUserConfiguration(OwnResponseClient.class)
			.run((context) -> assertThat(Requests.get(orders(context), "/").getResponseText())
				.isEqualTo("Bearer own-blocking"));
		runner(new ReactiveWebApplicationContextRunner(), ReactiveOAuth2ClientAutoConfiguration.class)
			.withUserConfiguration(OwnResponseClient.class)
			.run((context) -> assertThat(Requests.get(orders(context), "/").getResponseText())
				.isEqualTo("Bearer own-reactive"));
		assertThat(this.tokenServer.requestCount()).isZero();
	}

	@Test
	void eachProviderOfTheApplicationIsAskedInOrderAndThenTheStandardOnes() {
		this.tokenServer.open("tokens");
		List<String> asked = new CopyOnWriteArrayList<>();
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class)
			.withBean("one", OAuth2AuthorizedClientProvider.class, () -> (context) -> {
				asked.add("one");
				return null;
			})
			.withBean("two", OAuth2AuthorizedClientProvider.class, () -> (context) -> {
				asked.add("two");
				return null;
			})
			.run((context) -> assertThat(Requests.get(orders(context), "/").getResponseText())
				.isEqualTo("Bearer t0ken-1"));
		runner(new ReactiveWebApplicationContextRunner(), ReactiveOAuth2ClientAutoConfiguration.class)
			.withBean("three", ReactiveOAuth2AuthorizedClientProvider.class,
					() -> (context) -> Mono.fromRunnable(() -> asked.add("three")))
			.withBean("four", ReactiveOAuth2AuthorizedClientProvider.class,
					() -> (context) -> Mono.fromRunnable(() -> asked.add("four")))
			.run((context) -> assertThat(Requests.get(orders(context), "/").getResponseText())
				.isEqualTo("Bearer t0ken-2"));
		assertThat(asked).containsExactly("one", "two", "three", "four");
	}

	@Test
	void aProviderOfTheApplicationStandsForTheStandardOneOfItsKind() {
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class)
			.withBean(ClientCredentialsOAuth2AuthorizedClientProvider.class, () -> {
				ClientCredentialsOAuth2AuthorizedClientProvider provider = new ClientCredentialsOAuth2AuthorizedClientProvider();
				provider.setClockSkew(Duration.ofSeconds(1));
				provider.setAccessTokenResponseClient((request) -> OAuth2AccessTokenResponse.withToken("short")
					.tokenType(BEARER)
					.expiresIn(30)
					.build());
				return provider;
			})
			.run((context) -> {
				assertThat(Requests.get(orders(context), "/").getResponseText()).isEqualTo("Bearer short");
				assertThat(Requests.get(orders(context), "/").getResponseText()).isEqualTo("Bearer short");
			});
		assertThat(this.tokenServer.requestCount()).isZero();
	}

	@Test
	void aGrantOfAUserIsThatOfWhoSends() {
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class)
			.withPropertyValues(
					"spring.security.oauth2.client.registration.shop.authorization-grant-type=" + "authorization_code",
					"spring.security.oauth2.client.registration.shop.redirect-uri={baseUrl}/login",
					"spring.security.oauth2.client.provider.shop.authorization-uri=https://login.example/")
			.run((context) -> {
				TestingAuthenticationToken jane = new TestingAuthenticationToken("jane", "n/a");
				context.getBean(OAuth2AuthorizedClientService.class)
					.saveAuthorizedClient(new OAuth2AuthorizedClient(
							Objects.requireNonNull(
									context.getBean(ClientRegistrationRepository.class).findByRegistrationId("shop")),
							"jane", new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "of-jane", Instant.now(),
									Instant.now().plusSeconds(600))),
							jane);
				assertThat(failure(Requests.get(orders(context), "/")).cause())
					.hasMessageContaining("client_authorization_required");
				SecurityContextHolder.getContext().setAuthentication(jane);
				assertThat(Requests.get(orders(context), "/").getResponseText()).isEqualTo("Bearer of-jane");
			});
	}

	@Test
	void itIsNotInherited() {
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class)
			.withPropertyValues("xhr.clients.plain.base-url=" + this.api.url("/"))
			.run((context) -> {
				XhrFactory plain = context.getBean(XhrFactories.class).get("plain");
				assertThat(Requests.get(plain, "/").getResponseText()).isEqualTo("null");
			});
	}

	@Test
	void theRegistrationIsShownWhereTheClientIsDescribed() {
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class).run((context) -> assertThat(
				((ManagedXhrFactory) context.getBean(XhrFactories.class).get("orders")).describe().credentials())
			.isEqualTo("oauth2 (shop)"));
	}

	@Test
	void aRegistrationThatThereIsNotStopsTheStart() {
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class,
				ReactiveOAuth2ClientAutoConfiguration.class)
			.withPropertyValues("xhr.clients.orders.credentials.oauth2.registration-id=none")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContainingAll("'xhr.clients.orders.credentials.oauth2.registration-id'",
						"no such registration"));
	}

	@Test
	void withoutSpringSecurityItStopsTheStart() {
		runner(new ApplicationContextRunner(), OAuth2ClientAutoConfiguration.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContainingAll("'xhr.clients.orders.credentials.oauth2.registration-id'", "class path"));
	}

	@Test
	void withoutSpringSecurityOtherClientsWork() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrOAuth2AutoConfiguration.class,
					WebClientAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasSingleBean(XhrFactory.class)
				.doesNotHaveBean(TokenProviders.class));
	}

	private static XMLHttpRequest opened(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url);
		return request;
	}

	private static FetchFailure failure(XMLHttpRequest request) {
		return Objects.requireNonNull(request.getFailure());
	}

	private static XhrFactory orders(ApplicationContextAssertProvider<?> context) {
		return context.getBean(XhrFactories.class).get("orders");
	}

	private <R extends AbstractApplicationContextRunner<R, ?, ?>> R runner(R runner, Class<?>... security) {
		String registration = "spring.security.oauth2.client.registration.shop.";
		return runner
			.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrOAuth2AutoConfiguration.class,
					WebClientAutoConfiguration.class))
			.withConfiguration(AutoConfigurations.of(security))
			.withPropertyValues(registration + "client-id=me", registration + "client-secret=s3cret",
					registration + "authorization-grant-type=client_credentials",
					"spring.security.oauth2.client.provider.shop.token-uri=" + this.tokenServer.url("/token"),
					"xhr.timeout=20s", "xhr.clients.orders.base-url=" + this.api.url("/"),
					"xhr.clients.orders.credentials.oauth2.registration-id=shop");
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnResponseClient {

		@Bean
		OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> blocking() {
			return (request) -> OAuth2AccessTokenResponse.withToken("own-blocking").tokenType(BEARER).build();
		}

		@Bean
		ReactiveOAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> reactive() {
			return (request) -> Mono
				.just(OAuth2AccessTokenResponse.withToken("own-reactive").tokenType(BEARER).build());
		}

	}

	/**
	 * The kinds of applications, by the beans that Spring Boot gives them.
	 */
	enum Application {

		/** Both kinds of beans. */
		PLAIN,

		/** Blocking beans, as an application of servlets has them. */
		BLOCKING,

		/** Reactive beans. */
		REACTIVE;

		void run(XhrOAuth2Tests test, Use use, String... properties) {
			Class<?> blocking = OAuth2ClientAutoConfiguration.class;
			Class<?> reactive = ReactiveOAuth2ClientAutoConfiguration.class;
			if (this == REACTIVE) {
				test.runner(new ReactiveWebApplicationContextRunner(), blocking, reactive)
					.withPropertyValues(properties)
					.run((context) -> use.with(orders(context)));
			}
			else {
				Class<?>[] security = (this == PLAIN) ? new Class<?>[] { blocking, reactive }
						: new Class<?>[] { blocking };
				test.runner(new ApplicationContextRunner(), security)
					.withPropertyValues(properties)
					.run((context) -> use.with(orders(context)));
			}
		}

	}

	interface Use {

		void with(XhrFactory orders) throws Exception;

	}

}
