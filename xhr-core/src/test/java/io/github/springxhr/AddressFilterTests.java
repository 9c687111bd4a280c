package io.github.springxhr;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which addresses are connected to.
 */
class AddressFilterTests {

	private static final Script ECHO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private XhrFactory factory;

	@AfterEach
	void close() {
		if (this.factory != null) {
			this.factory.close();
		}
	}

	private XMLHttpRequest get(String url, Predicate<InetAddress> filter) throws InterruptedException {
		if (this.factory == null) {
			this.factory = XhrFactory.builder(WebClient.builder()).addressFilter((address) -> {
				this.asked.add(address.getHostAddress());
				return filter.test(address);
			}).build();
		}
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open("GET", url);
		xhr.send();
		log.awaitEnd();
		return xhr;
	}

	private static void assertBlocked(XMLHttpRequest xhr, String host) {
		assertThat(xhr.getStatus()).isZero();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
		assertThat(xhr.getFailure().phase()).isEqualTo(Phase.CONNECT);
		assertThat(xhr.getFailure().message()).endsWith("the host '" + host + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "2130706433", "[::ffff:127.0.0.1]" })
	void allowedAddressIsConnectedTo(String host) throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO)) {
			assertThat(get(server.url(host, "/"), (address) -> address.getHostAddress().equals("127.0.0.1"))
				.getResponseText()).isEqualTo("hello");
			assertThat(this.asked).contains("127.0.0.1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "127.1", "0x7f000001" })
	void refusedAddressIsNotConnectedTo(String host) throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO)) {
			for (int i = 0; i < 3; i++) {
				assertBlocked(get(server.url(host, "/?secret"), (address) -> !address.isLoopbackAddress()),
						host.equals("localhost") ? host : "127.0.0.1");
			}
			assertThat(server.connectionsAccepted()).isZero();
		}
	}

	@Test
	void mappedAddressIsJudgedAsWhatItIs() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO)) {
			XMLHttpRequest xhr = get(server.url("[::ffff:127.0.0.1]", "/"), (address) -> !address.isLoopbackAddress());
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
			assertThat(this.asked).containsExactly("127.0.0.1");
			assertThat(server.connectionsAccepted()).isZero();
		}
	}

	@Test
	void literalIpv6AddressIsJudged() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			XMLHttpRequest xhr = get("http://[::1]:" + server.getLocalPort() + "/", (address) -> false);
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
			assertThat(this.asked).containsExactly("0:0:0:0:0:0:0:1");
		}
	}

	@Test
	void literalIpv6AddressThatIsAllowedIsTried() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			XMLHttpRequest xhr = get("http://[::1]:" + port.port() + "/", InetAddress::isLoopbackAddress);
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.CONNECT);
			assertThat(this.asked).containsExactly("0:0:0:0:0:0:0:1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.2" })
	void redirectToARefusedAddressIsNotFollowed(String host) throws InterruptedException {
		try (FaultServer internal = FaultServer.start(ECHO);
				FaultServer outside = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
					.send(Responses.redirect("302 Found", internal.url(host, "/secret")))))) {
			XMLHttpRequest xhr = get(outside.url("/"),
					(address) -> this.asked.size() == 1 && address.getHostAddress().equals("127.0.0.1"));
			assertBlocked(xhr, host);
			assertThat(internal.connectionsAccepted()).isZero();
			assertThat(outside.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void connectionThatIsUsedAgainWasJudgedOnce() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO)) {
			for (int i = 0; i < 3; i++) {
				assertThat(get(server.url("/"), (address) -> true).getStatus()).isEqualTo(200);
			}
			assertThat(this.asked).hasSize(server.connectionsAccepted());
		}
	}

	@Test
	void filterThatThrowsConnectsToNothing() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO)) {
			XMLHttpRequest xhr = get(server.url("/"), (address) -> {
				throw new IllegalStateException("secret");
			});
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.OTHER);
			assertThat(xhr.getFailure()).asString().doesNotContain("secret");
			assertThat(server.connectionsAccepted()).isZero();
		}
	}

	@Test
	void hostThatDoesNotExistIsStillNotResolved() throws InterruptedException {
		assertThat(get("http://secret.invalid/", (address) -> true).getFailure().kind()).isEqualTo(FailureKind.RESOLVE);
	}

	@Test
	void filterIsNotNull() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder()).addressFilter(null))
			.withMessage("addressFilter must not be null");
	}

}
