package io.github.springxhr;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure.Phase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies of every kind, from {@code send()} to the bytes on the wire.
 */
class RequestBodiesOverSocketsTests {

	private static final Script ANSWERING = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x")));

	private final XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.factory.close();
	}

	private XMLHttpRequest exchange(String method, String url, Object body) throws InterruptedException {
		DefaultXMLHttpRequest xhr = (DefaultXMLHttpRequest) this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open(method, url);
		xhr.sendAsync(body);
		log.awaitEnd();
		return xhr;
	}

	private File file(int size) throws IOException {
		return File.of(Files.write(Files.createTempFile(this.directory, "upload", ".bin"), random(size)));
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	private static Flux<ByteBuffer> buffers(String... texts) {
		return Flux.fromArray(texts).map((text) -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static void assertBodyFailed(XMLHttpRequest xhr) {
		assertThat(xhr.getFailure()).isNotNull();
		assertThat(xhr.getFailure().kind()).as(xhr.getFailure().toString()).isEqualTo(FailureKind.REQUEST_BODY);
		assertThat(xhr.getFailure().phase()).isEqualTo(Phase.REQUEST);
		assertThat(xhr.getStatus()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 65_535, 65_536, 65_537, 1_000_003 })
	void fileArrives(int size) throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			File file = file(size);
			XMLHttpRequest xhr = exchange("POST", server.url("/"), file);
			assertThat(xhr.getStatus()).isEqualTo(200);
			RecordedRequest request = server.requests().get(0);
			assertThat(request.body()).isEqualTo(random(size));
			assertThat(request.headers("Content-Length")).containsExactly(String.valueOf(size));
			assertThat(request.headers("Content-Type")).containsExactly("application/octet-stream");
		}
	}

	@Test
	void partsArriveInOrder() throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			Blob blob = new Blob(List.of(file(200_000).slice(1000, 150_000), "middle",
					File.of(new ByteArrayResource(random(100_000))).slice(-70_000), new byte[70_000]));
			exchange("POST", server.url("/"), blob);
			assertThat(server.requests().get(0).body()).isEqualTo(blob.bytes());
			assertThat(server.requests().get(0).headers("Content-Type")).isEmpty();
		}
	}

	@Test
	void largeFileArrivesWithProgress() throws Exception {
		long size = 64 * 1024 * 1024;
		Path path = this.directory.resolve("sparse");
		try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
			sparse.setLength(size);
		}
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().discard(size).send(Responses.ok("x")))) {
			DefaultXMLHttpRequest xhr = (DefaultXMLHttpRequest) this.factory.create();
			EventLog log = EventLog.of(xhr);
			File file = File.of(path);
			xhr.open("POST", server.url("/"));
			xhr.sendAsync(file);
			log.awaitEnd();
			assertThat(xhr.getStatus()).isEqualTo(200);
			assertThat(log.entries()).contains("upload.loadstart(0,67108864,true)",
					"upload.progress(67108864,67108864,true)", "upload.load(67108864,67108864,true)");
		}
	}

	@Test
	void formWithAFileHasALength() throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			FormData form = new FormData();
			form.append("text", "v\u00E4lue");
			form.append("file", file(200_000), "name.bin");
			exchange("POST", server.url("/"), form);
			RecordedRequest request = server.requests().get(0);
			String boundary = request.header("Content-Type").split("boundary=")[1];
			String body = new String(request.body(), StandardCharsets.ISO_8859_1);
			assertThat(request.headers("Content-Length")).containsExactly(String.valueOf(body.length()));
			assertThat(request.headers("Transfer-Encoding")).isEmpty();
			assertThat(body)
				.startsWith("--" + boundary
						+ "\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nv\u00C3\u00A4lue" + "\r\n--"
						+ boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"name.bin\"")
				.contains(new String(random(200_000), StandardCharsets.ISO_8859_1) + "\r\n--" + boundary + "--\r\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "OPTIONS", "CUSTOM" })
	void streamOfUnknownLengthIsChunked(String method) throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			for (int i = 0; i < 2; i++) {
				XMLHttpRequest xhr = exchange(method, server.url("/"),
						new StreamBody(buffers("ab", "", "cd").delayElements(Duration.ofMillis(1)), -1));
				assertThat(xhr.getStatus()).isEqualTo(200);
				RecordedRequest request = server.requests().get(i);
				assertThat(request.bodyText()).isEqualTo("abcd");
				assertThat(request.headers("Transfer-Encoding")).containsExactly("chunked");
				assertThat(request.headers("Content-Length")).isEmpty();
			}
			assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(2);
		}
	}

	/** The HTTP client collects it, so that its length is known in the end. */
	@Test
	void streamOfDeleteIsFramed() throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			for (Flux<ByteBuffer> source : List.of(buffers("ab", "cd"), buffers())) {
				XMLHttpRequest xhr = exchange("DELETE", server.url("/"), new StreamBody(source, -1));
				assertThat(xhr.getStatus()).isEqualTo(200);
			}
			assertThat(server.requests()).extracting(RecordedRequest::bodyText).containsExactly("abcd", "");
			assertThat(server.requests().get(0).headers("Content-Length")).containsExactly("4");
		}
	}

	@Test
	void emptyStreamOfUnknownLength() throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			XMLHttpRequest xhr = exchange("POST", server.url("/"), new StreamBody(buffers(), -1));
			assertThat(xhr.getStatus()).isEqualTo(200);
			assertThat(server.requests().get(0).body()).isEmpty();
		}
	}

	@Test
	void unknownLengthIsNotComputable() throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			DefaultXMLHttpRequest xhr = (DefaultXMLHttpRequest) this.factory.create();
			EventLog log = EventLog.of(xhr);
			xhr.open("POST", server.url("/"));
			xhr.sendAsync(new StreamBody(buffers("ab", "cd"), -1));
			log.awaitEnd();
			assertThat(log.withoutIntermediateProgress()).contains("upload.loadstart(0,0,false)",
					"upload.load(4,0,false)", "upload.loadend(4,0,false)");
		}
	}

	@Test
	void streamOfKnownLength() throws Exception {
		byte[] bytes = random(300_000);
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			Flux<ByteBuffer> source = Flux.just(ByteBuffer.wrap(bytes, 0, 250_000).slice(),
					ByteBuffer.wrap(bytes, 250_000, 50_000));
			XMLHttpRequest xhr = exchange("POST", server.url("/"), new StreamBody(source, 300_000));
			assertThat(xhr.getStatus()).isEqualTo(200);
			RecordedRequest request = server.requests().get(0);
			assertThat(request.body()).isEqualTo(bytes);
			assertThat(request.headers("Content-Length")).containsExactly("300000");
		}
	}

	@Test
	void failingSourceIsAnError() throws Exception {
		IOException failure = new IOException("secret");
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead().awaitPeerClosed())) {
			for (long length : new long[] { -1, 100 }) {
				XMLHttpRequest xhr = exchange("POST", server.url("/"),
						new StreamBody(buffers("ab").concatWith(Flux.error(failure)), length));
				assertBodyFailed(xhr);
				assertThat(xhr.getFailure().message()).doesNotContain("secret");
				assertThat(xhr.getFailure().cause()).hasCause(failure);
			}
		}
	}

	@Test
	void failingSourceIsAnErrorWhileTheServerDoesNotRead() throws Exception {
		try (FaultServer server = FaultServer.builder()
			.receiveBuffer(16 * 1024)
			.start((connection) -> connection.readRequestHead().await("end").close())) {
			Flux<ByteBuffer> source = Flux.range(0, 100).map((i) -> ByteBuffer.allocate(60_000));
			XMLHttpRequest xhr = exchange("POST", server.url("/"),
					new StreamBody(source.concatWith(Flux.error(new IllegalStateException())), -1));
			assertBodyFailed(xhr);
			server.open("end");
		}
	}

	@Test
	void failingSourceIsAnErrorAfterTheResponseHasBegun() throws Exception {
		Sinks.One<ByteBuffer> source = Sinks.one();
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead()
			.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
			.awaitPeerClosed())) {
			DefaultXMLHttpRequest xhr = (DefaultXMLHttpRequest) this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.setOnprogress((event) -> source.tryEmitError(new IllegalStateException()));
			xhr.open("POST", server.url("/"));
			xhr.sendAsync(new StreamBody(buffers("ab").concatWith(source.asMono()), -1));
			log.awaitEnd();
			assertBodyFailed(xhr);
		}
	}

	@Test
	void shortSourceIsAnError() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead().awaitPeerClosed())) {
			assertBodyFailed(exchange("POST", server.url("/"), new StreamBody(buffers("ab", "c"), 4)));
			assertBodyFailed(exchange("POST", server.url("/"), new StreamBody(buffers(), 1)));
		}
	}

	@Test
	void longSourceIsAnErrorAndNotSent() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead().awaitPeerClosed())) {
			assertBodyFailed(exchange("POST", server.url("/"), new StreamBody(buffers("ab", "cde"), 4)));
			assertBodyFailed(exchange("POST", server.url("/"), new StreamBody(buffers("a"), 0)));
		}
	}

	@Test
	void fileThatGotShorterIsAnError() throws Exception {
		File file = file(200_000);
		Path path;
		try (Stream<Path> files = Files.list(this.directory)) {
			path = files.findFirst().orElseThrow();
		}
		Files.write(path, Arrays.copyOf(random(200_000), 150_000));
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead().awaitPeerClosed())) {
			assertBodyFailed(exchange("POST", server.url("/"), file));
			FormData form = new FormData();
			form.append("a", file);
			assertBodyFailed(exchange("POST", server.url("/"), form));
			Files.delete(path);
			XMLHttpRequest xhr = exchange("POST", server.url("/"), file);
			assertBodyFailed(xhr);
			assertThat(xhr.getFailure()).asString().doesNotContain(path.toString());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "301", "302", "307", "308" })
	void streamIsNotRedirected(String status) throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send(Responses.redirect(status + " X", "/target"))
			.awaitPeerClosed())) {
			XMLHttpRequest xhr = exchange("POST", server.url("/"), new StreamBody(buffers("ab"), 2));
			assertThat(xhr.getFailure()).isNotNull();
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
			assertThat(server.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void streamIsDroppedBySeeOther() throws Exception {
		try (FaultServer server = FaultServer.start(redirecting("303 See Other"))) {
			XMLHttpRequest xhr = exchange("POST", server.url("/"), new StreamBody(buffers("ab"), -1));
			assertThat(xhr.getStatus()).isEqualTo(200);
			RecordedRequest request = server.requests().get(1);
			assertThat(request.requestLine()).isEqualTo("GET /target HTTP/1.1");
			assertThat(request.headers("Transfer-Encoding")).isEmpty();
		}
	}

	@Test
	void fileIsReadAgainForARedirect() throws Exception {
		File file = file(100_000);
		try (FaultServer server = FaultServer.start(redirecting("307 X"))) {
			XMLHttpRequest xhr = exchange("POST", server.url("/"), file);
			assertThat(xhr.getStatus()).isEqualTo(200);
			assertThat(server.requests().get(1).body()).isEqualTo(random(100_000));
		}
	}

	private static Script redirecting(String status) {
		return Script.keepAlive((connection) -> {
			boolean target = connection.readRequest().request().target().equals("/target");
			connection.send(target ? Responses.ok("x") : Responses.redirect(status, "/target"));
		});
	}

	@Test
	void abortCancelsTheSource() throws Exception {
		CountDownLatch cancelled = new CountDownLatch(1);
		Flux<ByteBuffer> source = buffers("ab").concatWith(Flux.never()).doOnCancel(cancelled::countDown);
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().open("read").awaitPeerClosed())) {
			DefaultXMLHttpRequest xhr = (DefaultXMLHttpRequest) this.factory.create();
			xhr.open("POST", server.url("/"));
			xhr.sendAsync(new StreamBody(source, -1));
			server.await("read");
			xhr.abort();
			assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void inputIsReadOutsideTheEventLoopAndClosed() throws Exception {
		TrackedResource resource = new TrackedResource(random(1_000_000));
		File file = File.of(resource);
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			exchange("POST", server.url("/"), file);
			assertThat(server.requests().get(0).body()).isEqualTo(random(1_000_000));
		}
		Awaitility.await().until(() -> resource.open.get() == 0);
		assertThat(resource.thread.get()).startsWith("boundedElastic");
	}

	@Test
	void inputIsClosedOnAbort() throws Exception {
		TrackedResource resource = new TrackedResource(new byte[50_000_000]);
		File file = File.of(resource);
		abortWhileTheServerDoesNotRead(file);
		Awaitility.await().until(() -> resource.open.get() == 0);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void filesAreClosedInTheEnd() throws Exception {
		File file = file(30_000_000);
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().discard(30_000_000).send(Responses.ok("x")))) {
			assertThat(exchange("POST", server.url("/"), file).getStatus()).isEqualTo(200);
		}
		Awaitility.await().until(() -> openFiles() == 0);
		abortWhileTheServerDoesNotRead(file);
		Awaitility.await().until(() -> openFiles() == 0);
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead().reset())) {
			assertThat(exchange("POST", server.url("/"), file).getFailure()).isNotNull();
		}
		Awaitility.await().until(() -> openFiles() == 0);
	}

	private void abortWhileTheServerDoesNotRead(File file) throws Exception {
		try (FaultServer server = FaultServer.builder()
			.receiveBuffer(16 * 1024)
			.start((connection) -> connection.readRequestHead().open("read").await("end").close())) {
			DefaultXMLHttpRequest xhr = (DefaultXMLHttpRequest) this.factory.create();
			CountDownLatch progress = new CountDownLatch(1);
			xhr.getUpload().setOnprogress((event) -> progress.countDown());
			xhr.open("POST", server.url("/"));
			xhr.sendAsync(file);
			server.await("read");
			assertThat(progress.await(10, TimeUnit.SECONDS)).isTrue();
			xhr.abort();
			server.open("end");
		}
	}

	private long openFiles() throws IOException {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter((descriptor) -> {
				try {
					return Files.readSymbolicLink(descriptor).startsWith(this.directory);
				}
				catch (IOException ex) {
					return false;
				}
			}).count();
		}
	}

	/** Tells whether it is open, and who read it. */
	private static final class TrackedResource extends ByteArrayResource {

		private final AtomicInteger open = new AtomicInteger();

		private final AtomicReference<String> thread = new AtomicReference<>();

		TrackedResource(byte[] bytes) {
			super(bytes);
		}

		@Override
		public InputStream getInputStream() {
			this.open.incrementAndGet();
			this.thread.set(Thread.currentThread().getName());
			return new FilterInputStream(new ByteArrayInputStream(getByteArray())) {

				@Override
				public void close() {
					TrackedResource.this.open.decrementAndGet();
				}

			};
		}

	}

}
