package io.github.springxhr.hazard;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.webclient.TlsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Servers that are not who they say, and connections that anyone can read.
 */
class HazardTlsTests {

	private static final TestCertificates CERTIFICATES = TestCertificates.create();

	/** Which is complete, as the tests of the auto-configuration see to it. */
	private static final Path PROPERTIES = Path.of("../docs/properties.md");

	private static final TestCertificates STRANGERS = TestCertificates.create();

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("canary")));

	private static Victim trusting(boolean http2) {
		return Victim.with((builder) -> builder.http2(http2)
			.connectTimeout(Duration.ofSeconds(10))
			.tls(TlsSettings.defaults().withTrust(CERTIFICATES.trust())));
	}

	@ParameterizedTest
	@ValueSource(strings = { "valid", "stranger", "expired", "wrongHost", "client" })
	void onlyTheOneThatIsRightIsTrusted(String certificate) throws InterruptedException {
		for (boolean http2 : new boolean[] { false, true }) {
			try (FaultServer server = FaultServer.builder().tls(context(certificate)).start(HELLO);
					Victim victim = trusting(http2)) {
				XMLHttpRequest xhr = victim.get(server.url("localhost", "/"),
						(request) -> request.setRequestHeader("Authorization", "Bearer canary"));
				if (certificate.equals("valid")) {
					assertThat(xhr.getResponseText()).isEqualTo("canary");
				}
				else {
					assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.TLS);
					assertThat(server.requestCount()).as("nothing was told").isZero();
				}
			}
		}
	}

	private static SSLContext context(String certificate) {
		return switch (certificate) {
			case "valid" -> CERTIFICATES.valid();
			case "stranger" -> STRANGERS.valid();
			case "expired" -> CERTIFICATES.expired();
			case "wrongHost" -> CERTIFICATES.wrongHost();
			default -> CERTIFICATES.client();
		};
	}

	/** Trusted or not, no setting of the client is needed for a refusal. */
	@ParameterizedTest
	@ValueSource(strings = { "valid", "expired", "wrongHost" })
	void jvmsTrustIsTheDefault(String certificate) throws InterruptedException {
		try (FaultServer server = FaultServer.builder().tls(context(certificate)).start(HELLO);
				Victim victim = Victim.plain()) {
			assertThat(victim.get(server.url("localhost", "/")).getFailure().kind()).isEqualTo(FailureKind.TLS);
			assertThat(server.requestCount()).isZero();
		}
	}

	/** The name in the URL counts, not the one that a redirect came from. */
	@ParameterizedTest
	@ValueSource(strings = { "stranger", "expired", "wrongHost" })
	void redirectToAnImpostor(String certificate) throws InterruptedException {
		try (FaultServer impostor = FaultServer.builder().tls(context(certificate)).start(HELLO);
				FaultServer server = FaultServer.builder()
					.tls(CERTIFICATES.valid())
					.start(Script.keepAlive((connection) -> connection.readRequest()
						.send(Responses.redirect("307 x", impostor.url("localhost", "/")))));
				Victim victim = trusting(false)) {
			assertThat(victim.get(server.url("localhost", "/")).getFailure().kind()).isEqualTo(FailureKind.TLS);
			assertThat(impostor.requestCount()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ncanary", "",
			"\u0015\u0003\u0001\u0000\u0002\u0002\u0028", "\u0016\u0003\u0000\u0000\u0001\u0000",
			"\u0080\u002e\u0001\u0000\u0002", "SSH-2.0-x\r\n" })
	void serverThatSpeaksNoTls(String answer) throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readExactly(1).send(answer).close());
				Victim victim = trusting(false)) {
			XMLHttpRequest xhr = victim.get(server.secureUrl("/"));
			assertThat(xhr.getFailure()).isNotNull();
			assertThat(xhr.getStatus()).isZero();
			assertThat(xhr.getResponseText()).isEmpty();
		}
	}

	/**
	 * Whoever is between the client and the server can make a server choose one.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0x0300, 0x0301, 0x0302 })
	void oldProtocolIsNeitherOfferedNorTaken(int version) throws InterruptedException {
		List<Integer> offered = new CopyOnWriteArrayList<>();
		try (FaultServer server = FaultServer.start((connection) -> {
			offered.addAll(versions(clientHello(connection)));
			connection.send(serverHello(version)).awaitPeerClosed();
		}); Victim victim = trusting(false)) {
			XMLHttpRequest xhr = victim.get(server.secureUrl("/"));
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.TLS);
			assertThat(offered).containsExactlyInAnyOrder(0x0304, 0x0303);
		}
	}

	private static ByteBuffer clientHello(FaultConnection connection) {
		int length = ByteBuffer.wrap(connection.readExactly(5).received()).getShort(3);
		return ByteBuffer.wrap(connection.readExactly(length).received());
	}

	/**
	 * Read the extension {@code supported_versions}.
	 */
	private static List<Integer> versions(ByteBuffer hello) {
		// the type, the length, a version for older servers, and random bytes
		hello.position(1 + 3 + 2 + 32);
		hello.position(hello.position() + 1 + hello.get(hello.position()));
		hello.position(hello.position() + 2 + hello.getShort(hello.position()));
		hello.position(hello.position() + 1 + hello.get(hello.position()));
		hello.getShort();
		while (hello.hasRemaining()) {
			int extension = hello.getShort();
			int length = hello.getShort();
			if (extension == 0x2b) {
				List<Integer> versions = new ArrayList<>();
				for (int left = hello.get(); left > 0; left -= 2) {
					versions.add((int) hello.getShort());
				}
				return versions;
			}
			hello.position(hello.position() + length);
		}
		return List.of();
	}

	private static byte[] serverHello(int version) {
		int length = 2 + 32 + 1 + 2 + 1;
		ByteBuffer hello = ByteBuffer.allocate(5 + 4 + length);
		hello.put((byte) 22).putShort((short) version).putShort((short) (4 + length));
		hello.putInt(2 << 24 | length).putShort((short) version).put(new byte[32]).put((byte) 0);
		// TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
		return hello.putShort((short) 0xc013).put((byte) 0).array();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSLv2Hello", "SSLv3", "TLSv1", "TLSv1.1", "TLS", "tlsv1.2", "" })
	void oldProtocolsCannotBeSet(String protocol) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TlsSettings.defaults().withProtocols(List.of("TLSv1.3", protocol)));
	}

	/** So that nobody can be told to set it. */
	@Test
	void nothingSwitchesTrustOff() throws IOException {
		Stream<String> settings = Stream.of(TlsSettings.class, XhrFactoryBuilder.class)
			.flatMap((type) -> Arrays.stream(type.getMethods()))
			.map(Method::getName);
		List<String> properties = Pattern.compile("`(xhr\\.[\\w.-]+|ssl\\.[\\w.-]+)`")
			.matcher(Files.readString(PROPERTIES))
			.results()
			.map((match) -> match.group(1))
			.toList();
		assertThat(properties).contains("xhr.ssl.bundle");
		assertThat(Stream.concat(settings, properties.stream())).noneMatch(HazardTlsTests::isSwitch);
	}

	private static boolean isSwitch(String name) {
		String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
		return Stream.of("insecure", "trustall", "verif", "hostname").anyMatch(letters::contains);
	}

}
