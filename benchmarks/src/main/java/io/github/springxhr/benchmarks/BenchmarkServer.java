package io.github.springxhr.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import reactor.netty.resources.LoopResources;

/**
 * A server that costs little, in a process of its own, so that its allocations and its
 * garbage do not count as the client's. It answers a GET of {@code /} with 1 KiB, of
 * {@code /bytes/n} with {@code n} bytes, of {@code /slow/n} with 1 KiB after {@code n}
 * milliseconds and of {@code /json} with an object, of {@code /html} with an empty page;
 * and every request that has a body with the length of it. It ends when its standard
 * input does.
 */
public final class BenchmarkServer implements AutoCloseable {

	private static final int BACKLOG = 4096;

	/** JDKs print a warning about Netty's libraries from this version on. */
	private static final int WARNS_OF_NATIVE_ACCESS = 24;

	private final Process process;

	private final int port;

	private BenchmarkServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Start one, at a free port of the loopback interface.
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static BenchmarkServer start() throws IOException {
		List<String> command = java();
		command
			.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), BenchmarkServer.class.getName()));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
		String line = output.readLine();
		if (line == null) {
			throw new IOException("The server did not start");
		}
		return new BenchmarkServer(process, Integer.parseInt(line));
	}

	/**
	 * Return how to start another JVM like this one.
	 * @return the beginning of a command, to be added to
	 */
	public static List<String> java() {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		if (Runtime.version().feature() >= WARNS_OF_NATIVE_ACCESS) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		return command;
	}

	/**
	 * Return the address of 1 KiB, with a slash at its end.
	 * @return the URL
	 */
	public String url() {
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
		LoopResources loops = LoopResources.create("server");
		EventLoopGroup group = loops.onServer(true);
		Channel channel = new ServerBootstrap().group(group)
			.channelFactory(() -> loops.onChannel(ServerSocketChannel.class, group))
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Connection())
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
		System.out.println(((InetSocketAddress) channel.localAddress()).getPort());
		while (System.in.read() >= 0) {
			// waits for the parent to end
		}
		System.exit(0);
	}

	private static final class Connection extends ChannelInitializer<SocketChannel> {

		@Override
		protected void initChannel(SocketChannel channel) {
			channel.pipeline().addLast(new HttpServerCodec(), new ServerHandler());
		}

	}

}
