package io.github.springxhr.demo.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * The server that the demo's requests go to, on a free port of the loopback address.
 */
final class Upstream implements AutoCloseable {

	/**
	 * Small, so that an upload is seen to wait for its reader instead of vanishing into
	 * the operating system's buffers.
	 */
	static final int RECEIVE_BUFFER = 64 * 1024;

	private static final Duration STOP = Duration.ofSeconds(2);

	private final LoopResources threads = LoopResources.create("demo-upstream", 2, true);

	private final DisposableServer server;

	private final Socket closedPort;

	Upstream(Pace pace) {
		this.closedPort = reservePort();
		Endpoints endpoints = new Endpoints(pace);
		this.server = HttpServer.create()
			.host(InetAddress.getLoopbackAddress().getHostAddress())
			.port(0)
			.option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
			.runOn(this.threads)
			.route((routes) -> endpoints.register(routes, ""))
			.bindNow();
	}

	/** A port that is bound but not listened on: nobody answers, nobody else takes it. */
	private static Socket reservePort() {
		try {
			Socket socket = new Socket();
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.server.port();
	}

	int closedPort() {
		return this.closedPort.getLocalPort();
	}

	@Override
	public void close() throws IOException {
		this.closedPort.close();
		this.server.disposeNow(STOP);
		this.threads.disposeLater(Duration.ZERO, STOP).block(STOP);
	}

}
