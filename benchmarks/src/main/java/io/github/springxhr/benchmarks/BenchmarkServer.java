package io.github.springxhr.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Answers each GET with 1 KiB, in a process of its own, so that its allocations and its
 * garbage do not count as the client's. Ends when its standard input does.
 */
public final class BenchmarkServer implements AutoCloseable {

	private final Process process;

	private final int port;

	private BenchmarkServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static BenchmarkServer start() throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), BenchmarkServer.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
		String line = output.readLine();
		if (line == null) {
			throw new IOException("The server did not start");
		}
		return new BenchmarkServer(process, Integer.parseInt(line));
	}

	String url() {
		return "http://127.0.0.1:" + this.port + "/";
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			this.process.waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			this.process.destroy();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Print the port, and serve until the standard input is closed.
	 * @param args ignored
	 * @throws IOException if the standard input fails
	 */
	public static void main(String[] args) throws IOException {
		byte[] body = new byte[1024];
		java.util.Arrays.fill(body, (byte) 'x');
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.header("Content-Length", "1024")
				.header("Content-Type", "text/plain")
				.send(Mono.just(Unpooled.wrappedBuffer(body))))
			.bindNow();
		System.out.println(server.port());
		while (System.in.read() >= 0) {
			// waits for the parent to end
		}
		server.disposeNow();
	}

}
