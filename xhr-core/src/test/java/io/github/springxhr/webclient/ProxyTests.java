package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Http2Server;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.fixture.TestProxy;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Connections through a proxy.
 */
class ProxyTests {

	private static final TestCertificates CERTIFICATES = TestCertificates.create();

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private static ProxySettings settings(String type, int port) {
		return new ProxySettings(ProxySettings.Type.valueOf(type), "localhost", port, null, null, List.of());
	}

	private static Clients client(ProxySettings proxy) {
		return Clients.with((builder) -> builder.proxy(proxy)
			.pool(PoolSettings.defaults().withMaxConnections(1))
			.connectTimeout(Duration.ofMillis(500))
			.tls(TlsSettings.defaults().withTrust(CERTIFICATES.trust())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP", "SOCKS4", "SOCKS5" })
	void hostBehindTheProxyIsReachedAndResolvedThere(String type) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO);
				TestProxy proxy = TestProxy.start(type);
				Clients client = client(settings(type, proxy.port()))) {
			client.assertOk(server.url("behind.invalid", "/"));
			client.assertOk(server.url("behind.invalid", "/"));
			assertThat(proxy.targets()).containsExactly("behind.invalid");
			assertThat(server.connectionsAccepted()).isEqualTo(1);
			assertThat(server.requests().get(0).headers("Host")).containsExactly("behind.invalid:" + server.port());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP", "SOCKS4", "SOCKS5" })
	void serverBehindTheProxyIsCheckedByTls(String type) throws InterruptedException {
		try (FaultServer server = FaultServer.builder().tls(CERTIFICATES.valid()).start(HELLO);
				TestProxy proxy = TestProxy.start(type);
				Clients client = client(settings(type, proxy.port()))) {
			client.assertOk(server.url("localhost", "/"));
			client.start(server.url("behind.invalid", "/")).assertFailed(FailureKind.TLS, "the TLS handshake failed");
			assertThat(proxy.targets()).containsExactly("localhost", "behind.invalid");
			assertThat(server.requestCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, secret", "SOCKS4,", "SOCKS5, secret" })
	void credentialsAreForTheProxyOnly(String type, String password) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO);
				TestProxy proxy = TestProxy.start(type, "user", password);
				Clients client = client(settings(type, proxy.port()).withCredentials("user", password))) {
			client.assertOk(server.url("behind.invalid", "/"));
			assertThat(server.requests().get(0).headers("Proxy-Authorization")).isEmpty();
			assertThat(server.requests().get(0).headers("Authorization")).isEmpty();
			if (type.equals("HTTP")) {
				assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT behind.invalid:");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, wrong, 'the proxy wants a user name and password, or other ones (status 407)'",
			"HTTP,, 'the proxy wants a user name and password, or other ones (status 407)'",
			"SOCKS5, wrong, 'the proxy wants a user name and password, or other ones'",
			"SOCKS5,, 'the proxy wants a user name and password, or other ones'" })
	void otherCredentialsAreRefused(String type, String password, String message) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); TestProxy proxy = TestProxy.start(type, "user", "secret")) {
			ProxySettings settings = settings(type, proxy.port());
			try (Clients client = client((password != null) ? settings.withCredentials("user", password) : settings)) {
				Clients.Call call = client.start(server.url("behind.invalid", "/"));
				call.assertFailed(FailureKind.CONNECT, message);
				assertThat(call.xhr().getFailure().cause()).asString().doesNotContain("wrong");
				assertThat(server.connectionsAccepted()).isZero();
			}
		}
	}

	@Test
	void proxyThatRefusesIsNamed() throws InterruptedException {
		try (TestProxy proxy = TestProxy.start("HTTP"); Clients client = client(settings("HTTP", proxy.port()))) {
			proxy.refuse("503 Service Unavailable");
			client.start("http://behind.invalid/")
				.assertFailed(FailureKind.CONNECT, "the proxy refused to connect (status 503)");
		}
	}

	@Test
	void proxyThatRefusesBySocks4IsNamed() throws InterruptedException {
		try (TestProxy proxy = TestProxy.start("SOCKS4", "user", null);
				Clients client = client(settings("SOCKS4", proxy.port()))) {
			client.start("http://behind.invalid/").assertFailed(FailureKind.CONNECT, "the proxy did not connect");
		}
	}

	@Test
	void proxyThatIsNotThere() throws InterruptedException {
		try (DeadPort dead = FaultServer.refusing(); Clients client = client(settings("HTTP", dead.port()))) {
			client.start("http://behind.invalid/").assertFailed(FailureKind.CONNECT, "no connection could be made");
		}
	}

	@Test
	void proxyThatHasNoAddress() throws InterruptedException {
		try (Clients client = client(ProxySettings.http("proxy.invalid", 3128))) {
			client.start("http://behind.invalid/")
				.assertFailed(FailureKind.CONNECT, "the proxy's host name could not be resolved");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP", "SOCKS4", "SOCKS5" })
	void connectTimeoutCountsForTheProxysAnswer(String type) throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
				Clients client = client(settings(type, silent.getLocalPort()))) {
			client.start("http://behind.invalid/")
				.assertFailed(FailureKind.CONNECT, "the proxy took too long to connect");
		}
	}

	@Test
	void connectTimeoutCountsForTheProxy() throws InterruptedException {
		try (DeadPort dead = FaultServer.blackhole(); Clients client = client(settings("HTTP", dead.port()))) {
			client.start("http://behind.invalid/").assertFailed(FailureKind.CONNECT, "connecting took too long");
		}
	}

	@Test
	void otherHostsAreConnectedToDirectly() throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO);
				TestProxy proxy = TestProxy.start("HTTP");
				Clients client = client(
						settings("HTTP", proxy.port()).withNonProxyHosts(List.of("LOCALHOST", "127.0.*")))) {
			client.assertOk(server.url("localhost", "/"));
			client.assertOk(server.url("127.1", "/"));
			assertThat(proxy.heads()).isEmpty();
			client.assertOk(server.url("behind.invalid", "/"));
			assertThat(proxy.targets()).containsExactly("behind.invalid");
		}
	}

	@Test
	void redirectOutOfTheProxyAndBack() throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO);
				FaultServer first = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
					.send(Responses.redirect("302 Found", server.url("behind.invalid", "/")))));
				TestProxy proxy = TestProxy.start("HTTP", "user", "secret");
				Clients client = client(settings("HTTP", proxy.port()).withCredentials("user", "secret")
					.withNonProxyHosts(List.of("localhost")))) {
			client.assertOk(first.url("localhost", "/"));
			assertThat(proxy.targets()).containsExactly("behind.invalid");
			assertThat(first.requests().get(0).headers("Proxy-Authorization")).isEmpty();
		}
	}

	@Test
	void http2ThroughTheProxy() throws InterruptedException {
		try (Http2Server server = Http2Server.tls(CERTIFICATES.valid(),
				(stream) -> stream.head("200", false).data("hello".getBytes(StandardCharsets.ISO_8859_1), true));
				TestProxy proxy = TestProxy.start("HTTP");
				Clients client = Clients.with((builder) -> builder.http2(true)
					.pool(PoolSettings.defaults().withMaxConnections(1))
					.proxy(settings("HTTP", proxy.port()))
					.tls(TlsSettings.defaults().withTrust(CERTIFICATES.trust())))) {
			Clients.Call call = client.start(server.url("/"));
			call.assertOk("hello");
			client.assertOk(server.url("/"));
			assertThat(call.xhr().getChannel().protocol()).isEqualTo("h2");
			assertThat(server.connections()).isEqualTo(1);
			assertThat(proxy.targets()).containsExactly("127.0.0.1");
		}
	}

	@Test
	void addressFilterCannotSeeBehindAProxy() {
		assertThatIllegalStateException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder())
				.addressFilter((address) -> true)
				.proxy(ProxySettings.http("localhost", 1))
				.build())
			.withMessage("address-filter cannot be used with a proxy, which resolves the names of the hosts behind it"
					+ " itself");
	}

	@ParameterizedTest
	@CsvSource({ "*.internal, a.internal, true", "*.internal, A.B.INTERNAL, true", "*.internal, a.internal., true",
			"*.internal, internal, false", "*.internal, a.internal.example, false", "localhost, localhost, true",
			"localhost, xlocalhost, false", "10.*, 10.1.2.3, true", "10.*, 110.1.2.3, false", "*mid*, amidb, true",
			"*mid*, amb, false", "*, anything, true", "[::1], [::1], true", "::1, [::1], true",
			"a.internal, b.internal, false" })
	void nonProxyHosts(String pattern, String host, boolean direct) {
		assertThat(ProxySettings.http("proxy", 1).withNonProxyHosts(List.of(pattern)).isFor(host)).isEqualTo(!direct);
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, '', 1,,, a, proxy.host must not be empty", "HTTP, p, 0,,, a, proxy.port must be 1 to 65535",
			"HTTP, p, 65536,,, a, proxy.port must be 1 to 65535",
			"HTTP, p, 1, user,, a, proxy.username and proxy.password must be set together",
			"SOCKS5, p, 1,, secret, a, proxy.username and proxy.password must be set together",
			"SOCKS4, p, 1, user, secret, a, 'proxy.password must not be set, as SOCKS 4 has none'",
			"HTTP, p, 1, us:er, secret, a, proxy.username must not contain a colon",
			"HTTP, p, 1, user, 'sec\tret', a, proxy.password must not contain a control character",
			"SOCKS5, p, 1, \u00fcser, secret, a, proxy.username must be 1 to 255 ASCII characters for SOCKS",
			"HTTP, p, 1,,, a|b, 'proxy.non-proxy-hosts must be a list of host names, each an element of its own'",
			"HTTP, p, 1,,, '', proxy.non-proxy-hosts must not have an empty element",
			"HTTP, p, 1,,, a*b, proxy.non-proxy-hosts may have an asterisk at the beginning or the end of an element only" })
	void malformed(ProxySettings.Type type, String host, int port, String username, String password, String direct,
			String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ProxySettings(type, host, port, username, password, List.of(direct)))
			.withMessage(message);
	}

	@Test
	void credentialsAreNotPrinted() {
		assertThat(ProxySettings.socks5("p", 1080).withCredentials("user", "secret"))
			.hasToString("ProxySettings[type=SOCKS5, host=p, port=1080, credentials=set, nonProxyHosts=[]]");
		assertThat(ProxySettings.socks4("p", 1080)).asString().contains("credentials=none");
	}

	@Test
	void proxyIsNotNull() {
		assertThatIllegalArgumentException().isThrownBy(() -> XhrFactory.builder(WebClient.builder()).proxy(null))
			.withMessage("proxy must not be null");
	}

}
