package io.github.springxhr;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.springxhr.event.ProgressEvent;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import io.github.springxhr.http.FailureKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that the operating system copies to the socket.
 */
class FileUploadsOverSocketsTests {

	private static final int SLICE = 4 * 1024 * 1024;

	private static final int LARGE = 64 * 1024 * 1024;

	private static final Script ANSWERING = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x")));

	private final XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.factory.close();
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	private File file(int size) throws IOException {
		return File.of(Files.write(this.directory.resolve(size + ".bin"), random(size)));
	}

	private File sparse(long size) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
			file.setLength(size);
		}
		return File.of(path());
	}

	private Path path() {
		return this.directory.resolve("sparse");
	}

	private Upload start(String url, Object body) {
		Upload upload = new Upload((DefaultXMLHttpRequest) this.factory.create());
		upload.xhr.open("POST", url);
		upload.xhr.sendAsync(body);
		return upload;
	}

	@ParameterizedTest
	@ValueSource(ints = { 65_536, 65_537, SLICE - 1, SLICE, SLICE + 1, 3 * SLICE, 3 * SLICE + 1 })
	void sizesAroundTheBordersOfSlices(int size) throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			File file = file(size);
			for (int i = 0; i < 2; i++) {
				Upload upload = start(server.url("/"), file).succeeded();
				RecordedRequest request = server.requests().get(i);
				assertThat(request.body()).isEqualTo(random(size));
				assertThat(request.headers("Content-Length")).containsExactly(String.valueOf(size));
				assertThat(upload.sent.get()).isEqualTo(size);
				assertThat(upload.log.entries()).contains("upload.load(" + size + "," + size + ",true)");
			}
			assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(2);
		}
	}

	@Test
	void partsOfFilesBetweenOthersArriveInOrder() throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			File file = file(3 * SLICE);
			Blob blob = new Blob(List.of("begin", file.slice(1000, SLICE + 70_000), "middle", file.slice(5, 10),
					file.slice(-100_000), new byte[70_000], file));
			start(server.url("/"), blob).succeeded();
			assertThat(server.requests().get(0).body()).isEqualTo(blob.bytes());
		}
	}

	@Test
	void formWithFiles() throws Exception {
		try (FaultServer server = FaultServer.start(ANSWERING)) {
			FormData form = new FormData();
			form.append("a", file(SLICE + 1), "a.bin");
			form.append("text", "value");
			form.append("b", file(100_000), "b.bin");
			start(server.url("/"), form).succeeded();
			RecordedRequest request = server.requests().get(0);
			String body = new String(request.body(), StandardCharsets.ISO_8859_1);
			String boundary = "\r\n--" + request.header("Content-Type").split("boundary=")[1];
			assertThat(request.headers("Content-Length")).containsExactly(String.valueOf(body.length()));
			assertThat(body.contains(new String(random(SLICE + 1), StandardCharsets.ISO_8859_1) + boundary)).isTrue();
			assertThat(body.endsWith(new String(random(100_000), StandardCharsets.ISO_8859_1) + boundary + "--\r\n"))
				.isTrue();
		}
	}

	@Test
	void redirectSendsTheFileAgain() throws Exception {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
			boolean target = connection.readRequest().request().target().equals("/target");
			connection.send(target ? Responses.ok("x") : Responses.redirect("307 X", "/target"));
		}))) {
			start(server.url("/"), file(SLICE + 1)).succeeded();
			assertThat(server.requests().get(1).body()).isEqualTo(random(SLICE + 1));
		}
	}

	/**
	 * Netty's transports take the send buffer's rest differently: only Linux is exact.
	 */
	@Test
	@EnabledOnOs(OS.LINUX)
	void progressStaysCloseToWhatTheServerHasRead() throws Exception {
		AtomicLong read = new AtomicLong();
		AtomicLong ahead = new AtomicLong();
		try (FaultServer server = FaultServer.builder().receiveBuffer(64 * 1024).start((connection) -> {
			connection.readRequestHead();
			for (int left = 4 * SLICE; left > 0; left -= 65_536) {
				connection.discard(65_536).pause(Duration.ofMillis(1));
				read.addAndGet(65_536);
			}
			connection.send(Responses.ok("x"));
		})) {
			File file = sparse(4 * SLICE);
			DefaultXMLHttpRequest xhr = (DefaultXMLHttpRequest) this.factory.create();
			Upload upload = new Upload(xhr);
			xhr.getUpload().setOnprogress((event) -> {
				long loaded = event.getLoaded();
				ahead.accumulateAndGet(loaded - read.get(), Math::max);
			});
			xhr.open("POST", server.url("/"));
			xhr.sendAsync(file);
			upload.succeeded();
			assertThat(upload.sent.get()).isEqualTo(4 * SLICE);
			assertThat(ahead.get()).isLessThan(SLICE / 2);
		}
	}

	/** Nothing waits for the end of a slice. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void partOfASliceIsProgress() throws Exception {
		try (FaultServer server = FaultServer.builder()
			.receiveBuffer(64 * 1024)
			.start((connection) -> connection.readRequestHead().discard(SLICE / 4).await("on").close())) {
			Upload upload = start(server.url("/"), sparse(SLICE));
			upload.awaitProgress();
			assertThat(upload.sent.get()).isBetween(1L, SLICE - 1L);
			upload.xhr.abort();
			server.open("on");
		}
		awaitClosed();
	}

	@Test
	void fileThatGetsShorterMeanwhileIsAnError() throws Exception {
		try (FaultServer server = FaultServer.builder()
			.receiveBuffer(64 * 1024)
			.start((connection) -> connection.readRequestHead().discard(SLICE).await("cut").awaitPeerClosed())) {
			Upload upload = start(server.url("/"), sparse(LARGE));
			upload.awaitProgress();
			try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
				file.setLength(LARGE / 2);
			}
			server.open("cut");
			upload.failed(FailureKind.REQUEST_BODY);
			assertThat(upload.sent.get()).isLessThanOrEqualTo(LARGE / 2);
			assertThat(upload.xhr.getFailure()).asString().doesNotContain(path().toString());
		}
		awaitClosed();
	}

	@Test
	void resetByTheServer() throws Exception {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().discard(SLICE).reset())) {
			start(server.url("/"), sparse(LARGE)).failed(FailureKind.CONNECTION_CLOSED);
		}
		awaitClosed();
	}

	@Test
	void abortAndTimeoutInTheMiddle() throws Exception {
		Script stalling = (connection) -> connection.readRequestHead().discard(SLICE).await("on").awaitPeerClosed();
		try (FaultServer server = FaultServer.builder().receiveBuffer(64 * 1024).start(stalling, stalling)) {
			Upload aborted = start(server.url("/"), sparse(LARGE));
			aborted.awaitProgress();
			aborted.xhr.abort();
			Upload late = new Upload((DefaultXMLHttpRequest) this.factory.create());
			late.xhr.open("POST", server.url("/"));
			late.xhr.setTimeout(300);
			late.xhr.sendAsync(sparse(LARGE));
			late.log.awaitEnd();
			assertThat(late.log.entries()).anyMatch((entry) -> entry.startsWith("upload.timeout("));
			awaitClosed();
			server.open("on");
		}
	}

	@Test
	void earlyAnswerIsDelivered() throws Exception {
		Script refusing = (connection) -> refuse(connection.readRequestHead().discard(SLICE));
		try (FaultServer server = FaultServer.builder().receiveBuffer(64 * 1024).start(refusing)) {
			Upload upload = start(server.url("/"), sparse(LARGE));
			upload.log.awaitEnd();
			assertThat(upload.xhr.getStatus()).isEqualTo(413);
			assertThat(upload.sent.get()).isLessThan(LARGE);
			awaitClosed();
			server.open("end");
		}
	}

	private static void refuse(FaultConnection connection) {
		connection.send(Responses.response("413 Content Too Large", "no", "Connection: close"))
			.await("end")
			.awaitPeerClosed();
	}

	private void awaitClosed() {
		if (OS.current() == OS.LINUX) {
			Awaitility.await().until(() -> openFiles() == 0);
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

	/** An upload whose progress never goes back. */
	private static final class Upload {

		private final DefaultXMLHttpRequest xhr;

		private final EventLog log;

		private final AtomicLong sent = new AtomicLong();

		private final AtomicLong back = new AtomicLong();

		private final CountDownLatch progress = new CountDownLatch(1);

		Upload(DefaultXMLHttpRequest xhr) {
			this.xhr = xhr;
			this.log = EventLog.of(xhr);
			xhr.getUpload().addEventListener("progress", (event) -> {
				long loaded = ((ProgressEvent) event).getLoaded();
				this.back.addAndGet((loaded < this.sent.getAndSet(loaded)) ? 1 : 0);
				this.progress.countDown();
			});
		}

		void awaitProgress() throws InterruptedException {
			assertThat(this.progress.await(10, TimeUnit.SECONDS)).isTrue();
		}

		Upload succeeded() throws InterruptedException {
			this.log.awaitEnd();
			assertThat(this.xhr.getFailure()).isNull();
			assertThat(this.xhr.getStatus()).isEqualTo(200);
			assertThat(this.back.get()).isZero();
			return this;
		}

		void failed(FailureKind kind) throws InterruptedException {
			this.log.awaitEnd();
			assertThat(this.xhr.getFailure()).isNotNull();
			assertThat(this.xhr.getFailure().kind()).as(this.xhr.getFailure().toString()).isEqualTo(kind);
			assertThat(this.back.get()).isZero();
		}

	}

}
