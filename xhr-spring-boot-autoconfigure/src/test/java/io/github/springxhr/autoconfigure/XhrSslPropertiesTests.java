package io.github.springxhr.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.ManagedXhrFactory;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * SSL bundles of clients: trust, client certificates, options, and that a bundle is
 * reloaded while it is in use.
 */
@ExtendWith(OutputCaptureExtension.class)
class XhrSslPropertiesTests {

	private static final TestCertificates CERTIFICATES = TestCertificates.create();

	private static final TestCertificates OTHERS = TestCertificates.create();

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static FaultServer server;

	private static FaultServer other;

	@TempDir
	Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, HttpClientAutoConfiguration.class,
				SslAutoConfiguration.class))
		.withPropertyValues("xhr.clients.orders.load-balanced=false", trusting("mine", CERTIFICATES.authorityPem()),
				trusting("others", OTHERS.authorityPem()));

	@BeforeAll
	static void start() {
		server = FaultServer.builder().tls(CERTIFICATES.valid()).start(HELLO);
		other = FaultServer.builder().tls(OTHERS.valid()).start(HELLO);
	}

	@AfterAll
	static void stop() {
		server.close();
		other.close();
	}

	@ParameterizedTest
	@CsvSource({ "xhr.timeout=10s, default, TLS", "xhr.ssl.bundle=mine, default, ",
			"xhr.ssl.bundle=others, default, TLS", "xhr.ssl.bundle=mine, orders, TLS",
			"xhr.clients.orders.ssl.bundle=mine, orders, ", "xhr.clients.orders.ssl.bundle=mine, default, TLS",
			"spring.http.clients.ssl.bundle=mine, default, ", "spring.http.clients.ssl.bundle=mine, orders, ",
			"spring.http.clients.ssl.bundle=mine xhr.ssl.bundle=others, default, TLS",
			"spring.http.clients.ssl.bundle=mine xhr.ssl.bundle=others, orders, ",
			"spring.http.clients.ssl.bundle=others xhr.clients.orders.ssl.bundle=mine, orders, " })
	void theBundleSaysWhomToTrust(String properties, String client, FailureKind failure) {
		this.runner.withPropertyValues(properties.split(" "))
			.run((context) -> assertThat(kind(get(context, client, server))).isEqualTo(failure));
	}

	@Test
	void theBundleOfTheApplicationsSettingsHasNoName() {
		SslBundle bundle = SslBundle.of(SslStoreBundle.NONE, null, null, null,
				SslManagerBundle.of(CERTIFICATES.clientKey(), CERTIFICATES.trust()));
		this.runner.withBean(HttpClientSettings.class, () -> HttpClientSettings.defaults().withSslBundle(bundle))
			.run((context) -> assertThat(kind(get(context, "orders", server))).isNull());
	}

	@Test
	void theBundleHasTheClientsCertificate() {
		SslBundleRegistrar registrar = (registry) -> registry.registerBundle("mutual", SslBundle.of(SslStoreBundle.NONE,
				null, null, null, SslManagerBundle.of(CERTIFICATES.clientKey(), CERTIFICATES.trust())));
		try (FaultServer mutual = FaultServer.builder().tls(CERTIFICATES.valid()).clientCertificate().start(HELLO)) {
			this.runner.withBean(SslBundleRegistrar.class, () -> registrar)
				.withPropertyValues("xhr.ssl.bundle=mutual", "xhr.clients.orders.ssl.bundle=mine")
				.run((context) -> {
					assertThat(kind(get(context, "default", mutual))).isNull();
					assertThat(kind(get(context, "orders", mutual))).isEqualTo(FailureKind.TLS);
				});
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "options.enabled-protocols=TLSv1.2 | TLSv1.2", "options.enabled-protocols=TLSv1.3 | TLSv1.3",
					"options.enabled-protocols=TLSv1.2,TLSv1.3 | TLSv1.3", "protocol=TLSv1.2 | TLSv1.2",
					"protocol=TLSv1.3 | TLSv1.3" })
	void theBundlesProtocolsAreUsed(String option, String protocol) {
		this.runner.withPropertyValues("xhr.ssl.bundle=mine", "spring.ssl.bundle.pem.mine." + option)
			.run((context) -> assertThat(get(context, "default", server).getChannel().tlsProtocol())
				.isEqualTo(protocol));
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384" })
	void theBundlesCiphersAreUsed(String cipher) {
		this.runner
			.withPropertyValues("xhr.ssl.bundle=mine", "spring.ssl.bundle.pem.mine.options.enabled-protocols=TLSv1.2",
					"spring.ssl.bundle.pem.mine.options.ciphers=" + cipher)
			.run((context) -> assertThat(get(context, "default", server).getChannel().tlsCipherSuite())
				.isEqualTo(cipher));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "xhr.ssl.bundle=nobody | xhr.ssl.bundle | the bundles are [mine, others]",
			"xhr.clients.orders.ssl.bundle=nobody | xhr.clients.orders.ssl.bundle | [mine, others]",
			"xhr.ssl.bundle= | xhr.ssl.bundle | [mine, others]",
			"xhr.ssl.bundle=mine spring.ssl.bundle.pem.mine.options.enabled-protocols=TLSv1.1 | xhr.ssl.bundle | TLSv1.2 or TLSv1.3",
			"xhr.ssl.bundle=mine spring.ssl.bundle.pem.mine.options.ciphers=NO_SUCH_SUITE | xhr.ssl.bundle | NO_SUCH_SUITE",
			"xhr.ssl.bundle=mine spring.ssl.bundle.pem.mine.keystore.private-key=s3cret | xhr.ssl.bundle | content that cannot be loaded",
			"spring.http.clients.ssl.bundle=mine spring.ssl.bundle.pem.mine.options.enabled-protocols=SSLv3 | spring.http.clients.ssl.bundle | TLSv1.2 or TLSv1.3" })
	void aBundleThatCannotBeUsedStopsTheStart(String properties, String property, String reason) {
		this.runner.withPropertyValues(properties.split(" ")).run((context) -> {
			assertThat(context).hasFailed();
			Throwable failure = NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure());
			assertThat(failure).isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContaining("'" + property + "'")
				.hasMessageContaining(reason)
				.hasMessageNotContaining("s3cret");
		});
	}

	@ParameterizedTest
	@CsvSource({ "xhr.ssl.bundle=watched, default", "xhr.clients.orders.ssl.bundle=watched, orders",
			"spring.http.clients.ssl.bundle=watched, orders" })
	void aBundleIsReloadedWithoutDisturbingRequestsInFlight(String property, String client) throws IOException {
		Path authority = Files.writeString(this.directory.resolve("authority.pem"), CERTIFICATES.authorityPem());
		Script slow = (connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 10") + "hello")
			.await("go")
			.send("world")
			.awaitPeerClosed();
		try (FaultServer before = FaultServer.builder().tls(CERTIFICATES.valid()).start(slow, HELLO)) {
			watching(authority).withPropertyValues(property).run((context) -> {
				XMLHttpRequest inFlight = client(context, client).create();
				inFlight.open("GET", before.url("localhost", "/"));
				CompletableFuture<XMLHttpRequest> end = inFlight.sendAsync(null);
				await().until(() -> inFlight.getResponseText().equals("hello"));
				assertThat(kind(get(context, client, before))).isNull();
				assertThat(kind(get(context, client, other))).isEqualTo(FailureKind.TLS);
				Files.writeString(authority, OTHERS.authorityPem());
				await().atMost(LIMIT).until(() -> kind(get(context, client, other)) == null);
				assertThat(kind(get(context, client, before))).isEqualTo(FailureKind.TLS);
				assertThat(end).isNotDone();
				before.open("go");
				assertThat(end.get(10, TimeUnit.SECONDS).getResponseText()).isEqualTo("helloworld");
			});
		}
	}

	@Test
	void aBundleThatCannotBeUsedAnyMoreIsKeptAsItWas(CapturedOutput output) throws IOException {
		Path authority = Files.writeString(this.directory.resolve("authority.pem"), CERTIFICATES.authorityPem());
		watching(authority).withPropertyValues("xhr.ssl.bundle=watched").run((context) -> {
			assertThat(kind(get(context, "default", server))).isNull();
			Files.writeString(authority, "s3cret");
			await().atMost(LIMIT).until(() -> output.getOut().contains("keep the SSL bundle 'watched' as it was"));
			assertThat(output).doesNotContain("s3cret");
			assertThat(kind(get(context, "default", server))).isNull();
		});
	}

	@Test
	void clientsOfABundleAreDescribed() {
		this.runner.withPropertyValues("xhr.ssl.bundle=mine").run((context) -> {
			assertThat(((ManagedXhrFactory) client(context, "default")).describe().network().tls())
				.isEqualTo("configured");
			assertThat(((ManagedXhrFactory) client(context, "orders")).describe().network().tls()).isEqualTo("default");
		});
	}

	private ApplicationContextRunner watching(Path authority) {
		return this.runner.withPropertyValues("spring.ssl.bundle.watch.file.quiet-period=20ms",
				"spring.ssl.bundle.pem.watched.reload-on-update=true",
				trusting("watched", authority.toUri().toString()));
	}

	private static String trusting(String bundle, String certificate) {
		return "spring.ssl.bundle.pem." + bundle + ".truststore.certificate=" + certificate;
	}

	private static XMLHttpRequest get(AssertableApplicationContext context, String client, FaultServer target)
			throws InterruptedException {
		return Requests.get(client(context, client), target.url("localhost", "/"));
	}

	private static @Nullable FailureKind kind(XMLHttpRequest request) {
		FetchFailure failure = request.getFailure();
		return (failure != null) ? failure.kind() : null;
	}

	private static XhrFactory client(AssertableApplicationContext context, String name) {
		assertThat(context).hasNotFailed();
		return name.equals("default") ? context.getBean(XhrFactory.class)
				: context.getBean(XhrFactories.class).get(name);
	}

}
