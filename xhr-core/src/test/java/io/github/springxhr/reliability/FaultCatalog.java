package io.github.springxhr.reliability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.EmptyNameServer;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.webclient.PoolSettings;
import io.github.springxhr.webclient.ResolvedTransport;
import io.netty.resolver.AddressResolverGroup;

import org.springframework.util.unit.DataSize;

/**
 * All the faults, by group.
 */
public final class FaultCatalog {

	private static final String FRESH = "it happens while a connection is made";

	static final String HEAD_IS_ALL = "the preflight is over when its head is there";

	private static final String BY_ITSELF = "it ends by itself, with no moment to wait for";

	private static final int MEGABYTE = 1024 * 1024;

	private final List<Fault> all = new ArrayList<>();

	private FaultCatalog() {
	}

	/**
	 * Return all of them.
	 * @return new faults
	 */
	public static List<Fault> all() {
		FaultCatalog faults = new FaultCatalog();
		faults.connecting();
		faults.tls();
		faults.cuts();
		faults.chunks();
		faults.heads();
		faults.nullBodies();
		faults.slow();
		faults.size();
		faults.redirects();
		faults.connections();
		faults.uploads();
		faults.lifeCycle();
		return faults.all;
	}

	private Fault add(String group, String name) {
		Fault fault = new Fault(group, name);
		this.all.add(fault);
		return fault;
	}

	static String head(String status, String... headers) {
		List<String> lines = new ArrayList<>(List.of(Scene.SHARED));
		lines.addAll(List.of(headers));
		return Responses.head(status, lines.toArray(String[]::new));
	}

	private static String ok(int length) {
		return head("200 OK", "Content-Length: " + length);
	}

	private static String chunked() {
		return head("200 OK", "Transfer-Encoding: chunked");
	}

	private void connecting() {
		String group = "name and connect";
		Fault refused = add(group, "refused").not(Position.REUSED, FRESH)
			.not(Caller.TIMEOUT, BY_ITSELF)
			.not(Caller.ABORT, BY_ITSELF)
			.notProbed();
		refused.deadUrl = (scene) -> dead(scene, FaultServer.refusing());
		Fault blackhole = add(group, "connect blackhole").not(Position.REUSED, FRESH).limitsConnecting().notProbed();
		blackhole.deadUrl = (scene) -> dead(scene, FaultServer.blackhole());
		blackhole.begun = (cell) -> !cell.factory.getInFlight().isEmpty();
		Fault unknown = add(group, "DNS failure").not(Position.REUSED, FRESH)
			.not(Caller.TIMEOUT, BY_ITSELF)
			.not(Caller.ABORT, BY_ITSELF)
			.names((scene, name) -> CompletableFuture.failedFuture(new UnknownHostException(name)))
			.notProbed();
		// the JDK knows localhost without asking
		unknown.deadUrl = (scene) -> scene.namedUrl("unknown.test");
		emptyAnswer(group);
		slowResolver(group);
		Fault oneDead = add(group, "one dead address among several").not(Position.REUSED, FRESH)
			.sends("", ok(5) + "hello")
			.names((scene, name) -> CompletableFuture.completedFuture(List.of(local(2), local(1))));
		oneDead.deadUrl = (scene) -> scene.namedUrl("localhost");
	}

	/**
	 * By a DNS server, which Netty's resolver asks. A resolver of the test that found no
	 * address and reported no error would be what no application can have: Reactor Netty
	 * relies on an address, and a client is given no resolver. Nor can other clients be
	 * given a DNS server.
	 */
	private void emptyAnswer(String group) {
		Fault empty = add(group, "empty DNS answer").not(Position.REUSED, FRESH)
			.not(Caller.TIMEOUT, BY_ITSELF)
			.not(Caller.ABORT, BY_ITSELF)
			.ofXhr()
			.notProbed();
		empty.deadUrl = (scene) -> scene.namedUrl("empty.test");
		empty.settings((builder, cell) -> {
			EmptyNameServer server = EmptyNameServer.start();
			AddressResolverGroup<InetSocketAddress> resolver = ResolvedTransport.asking(server.address());
			cell.scene.closesToo(resolver::close);
			cell.scene.closesToo(server::close);
			builder.transport(ResolvedTransport.of(resolver, Cell.tls()));
		});
	}

	private void slowResolver(String group) {
		Fault slow = add(group, "slow DNS answer").not(Position.REUSED, FRESH);
		slow.deadUrl = (scene) -> scene.namedUrl("localhost");
		slow.names((scene, name) -> CompletableFuture.supplyAsync(() -> {
			scene.target().open("reached");
			scene.target().await("fault");
			return List.of(local(1));
		}));
		slow.answer((connection, scene) -> connection.send(ok(5) + "hello"));
	}

	static InetAddress local(int last) {
		try {
			return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) last });
		}
		catch (UnknownHostException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String dead(Scene scene, DeadPort port) {
		scene.closesToo(port::close);
		return scene.scheme() + "://127.0.0.1:" + port.port() + "/fault";
	}

	private void tls() {
		handshake("certificate expired", (connection, scene) -> connection.startTls(Scene.CERTIFICATES.expired()));
		handshake("certificate for another host",
				(connection, scene) -> connection.startTls(Scene.CERTIFICATES.wrongHost()));
		handshake("certificate of an untrusted authority",
				(connection, scene) -> connection.startTls(TestCertificates.create().valid()));
		handshake("fatal alert", (connection,
				scene) -> connection.send(new byte[] { 21, 3, 3, 0, 2, 2, 40 }).halfClose().awaitPeerClosed());
		handshake("answer in the clear",
				(connection, scene) -> connection.send(Responses.ok("hello")).halfClose().awaitPeerClosed());
		handshake("FIN in the handshake", (connection, scene) -> connection.halfClose().awaitPeerClosed());
		handshake("RST in the handshake", (connection, scene) -> connection.reset());
		handshake("stalled handshake", (connection, scene) -> connection.awaitPeerClosed()).limitsConnecting();
		add("TLS", "end of a body without close_notify").afterHead()
			.not(Transport.HTTP, "there is no close_notify")
			.answer((connection, scene) -> {
				connection.send(head("200 OK") + "hello");
				scene.gate(connection);
				connection.truncate();
			});
		add("TLS", "complete body without close_notify").afterHead()
			.not(Transport.HTTP, "there is no close_notify")
			.answer((connection, scene) -> {
				connection.send(ok(5) + "hel");
				scene.gate(connection);
				connection.send("lo").truncate();
			});
	}

	private Fault handshake(String name, Fault.Answer answer) {
		Fault fault = add("TLS", name).not(Transport.HTTP, "there is no handshake")
			.not(Position.REUSED, FRESH)
			.notProbed();
		fault.handshake = (connection, scene) -> {
			scene.gate(connection);
			answer.run(connection, scene);
		};
		return fault;
	}

	private void cuts() {
		for (boolean reset : new boolean[] { false, true }) {
			String cut = reset ? "RST " : "FIN ";
			Fault unanswered = add("cuts", cut + "before the response").cuts(reset, "");
			// a GET over a kept connection is sent once more
			unanswered.deliveries = 2;
			add("cuts", cut + "in the status line").cuts(reset, "HTTP/1.1 20");
			add("cuts", cut + "in the headers").cuts(reset, "HTTP/1.1 200 OK\r\nContent-Le");
			add("cuts", cut + "after the head").cuts(reset, ok(5));
			add("cuts", cut + "in the body").cuts(reset, ok(10) + "hello");
			add("cuts", cut + "in a chunk").cuts(reset, chunked() + "a\r\nhello");
			add("cuts", cut + "between chunks").cuts(reset, chunked() + Responses.chunk("hello"));
			add("cuts", cut + "before the end of the trailers").cuts(reset,
					chunked() + Responses.chunk("hello") + "0\r\nX-A: 1\r\n");
		}
		add("cuts", "RST of a body that only the end of the connection ends").cuts(true, head("200 OK") + "hello");
		add("cuts", "excess bytes after the body").sends(ok(5), "helloEXCESS");
		add("cuts", "another response after the body").sends(ok(5), "hello" + ok(6) + "poison");
	}

	private void chunks() {
		chunk("chunk size that is no number", "zz\r\nhello\r\n0\r\n\r\n");
		chunk("negative chunk size", "-5\r\nhello\r\n0\r\n\r\n");
		chunk("chunk size of 2^31", "80000000\r\nhello\r\n0\r\n\r\n");
		chunk("chunk size past 2^64", "10000000000000005\r\nhello\r\n0\r\n\r\n");
		chunk("chunk without a size", "\r\nhello\r\n0\r\n\r\n");
		chunk("chunk longer than its size", "5\r\nhello!\r\n0\r\n\r\n");
		chunk("chunk with an extension", "5;a=b\r\nhello\r\n0\r\n\r\n");
		chunk("trailers", "5\r\nhello\r\n0\r\nX-A: 1\r\n\r\n");
		chunk("forbidden trailers", "5\r\nhello\r\n0\r\nContent-Length: 99\r\nTransfer-Encoding: gzip\r\n\r\n");
		chunk("trailers of a megabyte", "5\r\nhello\r\n0\r\nX-A: " + "a".repeat(MEGABYTE) + "\r\n\r\n");
	}

	private void chunk(String name, String body) {
		add("framing", name).sends(chunked(), body);
	}

	private void framed(String name, String response) {
		add("framing", name).sends("", response);
	}

	private void heads() {
		framed("garbage instead of a status line", "garbage\r\n\r\n");
		add("framing", "HTTP/0.9").answer((connection, scene) -> {
			scene.gate(connection);
			connection.send("<html>\r\nhello</html>\r\n").halfClose().awaitPeerClosed();
		});
		for (String status : new String[] { "0", "99", "1000", "99999", "-200", "2x0" }) {
			framed("status " + status, head(status + " Odd", "Content-Length: 5") + "hello");
		}
		framed("HTTP/3.7", (ok(5) + "hello").replace("HTTP/1.1", "HTTP/3.7"));
		for (String status : new String[] { "100 Continue", "102 Processing", "103 Early Hints" }) {
			String interim = "HTTP/1.1 " + status + "\r\nLink: </a>\r\n\r\n";
			String code = status.substring(0, 3);
			framed(code + " once", interim + ok(5) + "hello");
			framed(code + " 16 times", interim.repeat(16) + ok(5) + "hello");
			add("framing", code + " forever").answer((connection, scene) -> {
				scene.gate(connection);
				connection.times(100_000, (again) -> again.send(interim.repeat(100)));
			});
		}
		framed("101 that nobody asked for",
				"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nhello");
		add("framing", "HTTP/1.0 ended by the connection").afterHead().answer((connection, scene) -> {
			connection.send(head("200 OK").replace("HTTP/1.1", "HTTP/1.0") + "hel");
			scene.gate(connection);
			connection.send("lo").halfClose().awaitPeerClosed();
		});
		framed("Content-Length twice, the same", head("200 OK", "Content-Length: 5", "Content-Length: 5") + "hello");
		framed("Content-Length twice, different", head("200 OK", "Content-Length: 5", "Content-Length: 6") + "hello!");
		framed("Content-Length that is no number", head("200 OK", "Content-Length: five") + "hello");
		framed("negative Content-Length", head("200 OK", "Content-Length: -5") + "hello");
		framed("Content-Length past 2^63", head("200 OK", "Content-Length: 9223372036854775813") + "hello");
		framed("Content-Length and chunks",
				head("200 OK", "Content-Length: 3", "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n");
		framed("NUL in a header", head("200 OK", "X-A: a\0b", "Content-Length: 5") + "hello");
		framed("header without a colon", head("200 OK", "X-A", "Content-Length: 5") + "hello");
		framed("space before the colon of a header", head("200 OK", "X-A : 1", "Content-Length: 5") + "hello");
		framed("folded header", head("200 OK", "X-A: a\r\n b", "Content-Length: 5") + "hello");
	}

	private void nullBodies() {
		add("framing", "body on HEAD").sends("", ok(6) + "poison").method("HEAD");
		for (String status : new String[] { "204 No Content", "304 Not Modified" }) {
			framed("body on " + status.substring(0, 3), head(status, "Content-Length: 6") + "poison");
			framed("late body on " + status.substring(0, 3), "");
			Fault late = this.all.get(this.all.size() - 1);
			late.answer((connection, scene) -> {
				connection.send(head(status, "Content-Length: 6"));
				scene.gate(connection);
				connection.send("poison").awaitPeerClosed().open("closed");
			}).not(Caller.ABORT, BY_ITSELF).not(Caller.TIMEOUT, BY_ITSELF);
			late.after = (cell) -> cell.target().await("closed");
		}
		framed("body on 205", head("205 Reset Content", "Content-Length: 6") + "poison");
	}

	private void slow() {
		String response = chunked() + Responses.chunk("hello") + "0\r\n\r\n";
		int inHead = 20;
		int inBody = chunked().length() + Responses.chunk("hello").length();
		int inChunk = chunked().length() + 5;
		drip("in the head", response, inHead);
		drip("in a chunk", response, inChunk);
		drip("between chunks", response, inBody);
		add("slow", "silence before the head (half-open)").stalls("");
		add("slow", "silence in the head").stalls(response.substring(0, inHead));
		add("slow", "silence in a chunk").stalls(response.substring(0, inChunk));
		add("slow", "silence between chunks").stalls(response.substring(0, inBody));
		add("slow", "silence in the body").stalls(ok(10) + "hello");
		add("slow", "drip without an end").afterHead()
			.not(Position.PREFLIGHT, HEAD_IS_ALL)
			.limitsAll()
			.answer((connection, scene) -> {
				connection.send(chunked());
				scene.gate(connection);
				connection.times(10_000, (again) -> again.pause(Duration.ofMillis(20)).send(Responses.chunk("a")));
			});
	}

	private void drip(String where, String response, int middle) {
		byte[] bytes = Responses.latin1(response);
		Fault drip = add("slow", "drip, and a stop " + where);
		if (middle > response.indexOf("\r\n\r\n")) {
			drip.afterHead();
		}
		drip.answer((connection, scene) -> {
			connection.drip(Arrays.copyOf(bytes, middle), 1, Duration.ofNanos(1));
			scene.gate(connection);
			connection.drip(Arrays.copyOfRange(bytes, middle, bytes.length), 1, Duration.ofNanos(1));
		});
	}

	private void size() {
		framed("size", "header of a megabyte",
				head("200 OK", "X-A: " + "a".repeat(MEGABYTE), "Content-Length: 5") + "hello");
		framed("size", "20,000 headers",
				head("200 OK", "Content-Length: 5").replace("\r\n\r\n", "\r\n" + "X-A: 1\r\n".repeat(20_000) + "\r\n")
						+ "hello");
		framed("size", "reason phrase of a megabyte",
				head("200 " + "a".repeat(MEGABYTE), "Content-Length: 5") + "hello");
		for (String coding : new String[] { "gzip", "deflate", "br", "zstd" }) {
			coded(coding + " bomb", coding, Bombs.of(coding));
			byte[] text = coded("hello".repeat(100).getBytes(StandardCharsets.UTF_8), coding);
			coded("truncated " + coding, coding, Arrays.copyOf(text, text.length - 6));
			byte[] corrupt = text.clone();
			for (int i = 2; i < text.length; i++) {
				corrupt[i] ^= 0x55;
			}
			coded("corrupt " + coding, coding, corrupt);
			coded("plain text called " + coding, coding, "hello".getBytes(StandardCharsets.UTF_8));
			framed("size", "empty body called " + coding,
					head("200 OK", "Content-Encoding: " + coding, "Content-Length: 0"));
		}
		byte[] twice = coded(coded("hello".getBytes(StandardCharsets.UTF_8), "gzip"), "gzip");
		coded("two codings", "gzip, gzip", twice);
		framed("size", "six codings",
				head("200 OK", "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip", "Content-Length: 5") + "hello");
		coded("unknown coding", "x-strange", "hello".getBytes(StandardCharsets.UTF_8));
		add("size", "body past the limit").afterHead()
			.limitsSize(DataSize.ofKilobytes(64))
			.answer((connection, scene) -> {
				connection.send(chunked());
				scene.gate(connection);
				connection.times(16, (again) -> again.send(Responses.chunk("a".repeat(32 * 1024))));
				connection.send("0\r\n\r\n");
			});
		add("size", "Content-Length past the limit").limitsSize(DataSize.ofKilobytes(64))
			.sends("", head("200 OK", "Content-Length: 65537"));
		add("size", "body of 10 GiB").afterHead().limitsSize(DataSize.ofMegabytes(1)).answer((connection, scene) -> {
			connection.send(head("200 OK"));
			scene.gate(connection);
			byte[] block = new byte[MEGABYTE];
			connection.times(10L * 1024, (again) -> again.send(block));
		});
	}

	private void framed(String group, String name, String response) {
		add(group, name).sends("", response);
	}

	private void coded(String name, String coding, byte[] body) {
		add("size", name).afterHead().answer((connection, scene) -> {
			connection.send(head("200 OK", "Content-Encoding: " + coding, "Content-Length: " + body.length));
			scene.gate(connection);
			connection.send(body);
		});
	}

	static byte[] coded(byte[] body, String coding) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = encoder(coding, bytes)) {
			out.write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static OutputStream encoder(String coding, OutputStream out) throws IOException {
		return switch (coding) {
			case "gzip" -> new GZIPOutputStream(out);
			case "deflate" -> new DeflaterOutputStream(out, new Deflater(9));
			case "br" -> {
				Brotli4jLoader.ensureAvailability();
				// the best one takes seconds for a bomb
				yield new BrotliOutputStream(out, new Encoder.Parameters().setQuality(5));
			}
			default -> new ZstdOutputStream(out);
		};
	}

	private void redirects() {
		redirect("relative", "found");
		redirect("with //host", "//127.0.0.1:{port}/found");
		redirect("with a fragment", "/found#part");
		redirect("with user name and password of the same origin", "{scheme}://user:secret@127.0.0.1:{port}/found");
		Fault itself = redirect("with an empty Location", "");
		itself.rest = (connection, scene) -> connection.send(head("302 Found", "Location: ", "Content-Length: 0"));
		itself.deliveries = 22;
		redirect("with a Location that is no URL", "http://[bad");
		redirect("to ftp", "ftp://127.0.0.1/");
		redirect("to file", "file:///etc/hosts");
		redirect("to data", "data:,hello");
		redirect("to a port that is no number", "http://127.0.0.1:1x/");
		Fault badPort = redirect("to a bad port, of a client with an origin", "{scheme}://127.0.0.1:6000/")
			.not(Position.REDIRECT, "a client with an origin asks the target of a redirect first, as at PREFLIGHT")
			.ofXhr();
		badPort.settings((builder, cell) -> {
			if (cell.position != Position.PREFLIGHT) {
				builder.origin(cell.targetUrl(""));
			}
		});
		redirect("from https to http", "http://127.0.0.1:{port}/found").not(Transport.HTTP, "it is https that is left");
		add("redirects", "without a Location").sends("", head("302 Found", "Content-Length: 0"));
		add("redirects", "with two Locations").sends("",
				head("302 Found", "Location: /a", "Location: /b", "Content-Length: 0"));
		chain("loop", Integer.MAX_VALUE);
		chain("20 of them, counting one before", 20);
		chain("21 of them, counting one before", 21);
	}

	private Fault redirect(String name, String location) {
		return add("redirects", name).answer((connection, scene) -> {
			scene.gate(connection);
			String url = location.replace("{port}", String.valueOf(scene.target().port()))
				.replace("{scheme}", scene.scheme());
			connection.send(head("302 Found", "Location: " + url, "Content-Length: 0"));
		});
	}

	private void chain(String name, int length) {
		Fault fault = add("redirects", name).not(Position.PREFLIGHT, "none is followed there, as the others show")
			.answer((connection, scene) -> {
				scene.gate(connection);
				connection.send(head("308 Permanent Redirect", "Location: /fault", "Content-Length: 0"));
			});
		fault.rest = (connection, scene) -> {
			int count = scene.redirects.incrementAndGet() + ((scene.position == Position.REDIRECT) ? 2 : 1);
			connection.send((count > length) ? Responses.ok("hello")
					: head("308 Permanent Redirect", "Location: /fault", "Content-Length: 0"));
		};
		fault.deliveries = 22;
	}

	private void connections() {
		String group = "connections";
		String pooled = "it is about a connection that was kept";
		BiConsumer<XhrFactoryBuilder, Cell> quickEviction = (builder, cell) -> builder
			.pool(PoolSettings.defaults().withEvictionInterval(Duration.ofMillis(10)));
		Fault stale = add(group, "kept connection closed by the server").not(Position.FIRST, pooled)
			.not(Position.REDIRECT, pooled)
			.not(Position.PREFLIGHT, pooled)
			.not(Caller.TIMEOUT, BY_ITSELF)
			.not(Caller.ABORT, BY_ITSELF);
		stale.settings(quickEviction).preparation = (xhr, cell) -> cell.awaitNoneKept();
		stale.begin = (connection, scene) -> connection.await("kept").halfClose().awaitPeerClosed();
		Fault staleReset = add(group, "kept connection reset by the server").not(Position.FIRST, pooled)
			.not(Position.REDIRECT, pooled)
			.not(Position.PREFLIGHT, pooled)
			.not(Caller.TIMEOUT, BY_ITSELF)
			.not(Caller.ABORT, BY_ITSELF);
		staleReset.settings(quickEviction).preparation = (xhr, cell) -> cell.awaitNoneKept();
		staleReset.begin = (connection, scene) -> connection.await("kept").reset();
		exhausted("pool exhausted",
				(cell) -> PoolSettings.defaults().withMaxConnections(1).withPendingTimeout(cell.patience()));
		exhausted("pending queue full", (cell) -> PoolSettings.defaults().withMaxConnections(1).withPendingLimit(0))
			.not(Caller.TIMEOUT, BY_ITSELF)
			.not(Caller.ABORT, BY_ITSELF);
	}

	/** Another request has the only connection. */
	private Fault exhausted(String name, Function<Cell, PoolSettings> pool) {
		Fault fault = add("connections", name).not(Position.REUSED, "it gets no connection, kept or not")
			.settings((builder, cell) -> builder.pool(pool.apply(cell)))
			.ofXhr();
		fault.answer((connection, scene) -> {
			connection.open("held").await("fault").await("ended");
			connection.send(ok(5) + "hello");
		});
		fault.begun = (cell) -> cell.connections().pending() > 0;
		fault.preparation = (xhr, cell) -> {
			XMLHttpRequest holder = cell.factory.create();
			holder.open("GET", cell.targetUrl("/holder"));
			holder.send();
			cell.target().await("held");
		};
		return fault;
	}

	private void uploads() {
		String tooEarly = "a preflight has no body";
		Fault early = add("connections", "413 while the body is being sent").not(Position.PREFLIGHT, tooEarly)
			.answer((connection, scene) -> {
				scene.gate(connection);
				connection.send(head("413 Content Too Large", "Connection: close", "Content-Length: 5") + "hello")
					.stopReading()
					.halfClose()
					.awaitPeerClosed();
			});
		upload(early);
		Fault unread = add("connections", "body that is never read, then RST").not(Position.PREFLIGHT, tooEarly)
			.answer((connection, scene) -> {
				connection.stopReading();
				scene.gate(connection);
				connection.reset();
			});
		upload(unread);
		source("source of the body that throws", new Upload(List.of(bytes(2)), true, 5));
		source("source of the body with too much", new Upload(List.of(bytes(2), bytes(4)), false, 5));
		source("source of the body with too little", new Upload(List.of(bytes(2), bytes(2)), false, 5));
		source("source of the body that throws, of unknown length", new Upload(List.of(bytes(2)), true, -1));
	}

	private static void upload(Fault fault) {
		fault.headOnly = true;
		fault.partialUpload = true;
		fault.upload = Upload.of(new byte[8 * MEGABYTE]);
		fault.methodWhenReused = "POST";
	}

	private void source(String name, Upload upload) {
		Fault fault = add("connections", name).not(Position.PREFLIGHT, "a preflight has no body")
			.not(Position.REDIRECT, "a source is asked once, by the hop before, as at FIRST")
			.not(Caller.TIMEOUT, BY_ITSELF)
			.not(Caller.ABORT, BY_ITSELF)
			.answer((connection, scene) -> connection.awaitPeerClosed());
		fault.headOnly = true;
		fault.partialUpload = true;
		fault.methodWhenReused = "POST";
		fault.upload = upload;
	}

	private static byte[] bytes(int count) {
		return new byte[count];
	}

	private void lifeCycle() {
		String group = "life cycle";
		Fault throwing = add(group, "every listener throws").sends(ok(5), "hello").ofXhr();
		throwing.logs = "A listener of the event";
		throwing.preparation = (xhr, cell) -> {
			for (String type : List.of("loadstart", "readystatechange", "progress", "load", "error", "abort", "timeout",
					"loadend")) {
				xhr.addEventListener(type, (event) -> {
					throw new IllegalStateException("on purpose");
				});
			}
		};
		Fault closed = add(group, "factory closed").not(Caller.TIMEOUT, BY_ITSELF)
			.not(Caller.ABORT, BY_ITSELF)
			.ofXhr()
			.notProbed();
		closed.partialUpload = true;
		closed.answer((connection, scene) -> {
			if (scene.position != Position.PREFLIGHT) {
				// the head of a preflight's answer lets the request go on, which could
				// end first
				connection.send(ok(10) + "hello");
			}
			scene.closeClient();
			connection.awaitPeerClosed();
		});
		letGo("garbage collected before the response").sends("", ok(5) + "hello");
		Fault inBody = letGo("garbage collected in the body").sends(ok(5), "hello")
			.not(Position.PREFLIGHT, HEAD_IS_ALL);
		inBody.begun = (cell) -> cell.hasLogged("readystatechange 2");
	}

	/** The caller keeps no reference to the request that it has sent. */
	private Fault letGo(String name) {
		Fault fault = add("life cycle", name).ofXhr();
		fault.letsGo = true;
		return fault;
	}

}
