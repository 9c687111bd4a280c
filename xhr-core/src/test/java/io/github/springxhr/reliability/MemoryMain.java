package io.github.springxhr.reliability;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.springxhr.Quiet;
import io.github.springxhr.StreamBody;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrOptions;
import reactor.core.publisher.Flux;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Meets bodies that are too much for its heap, one after the other, and prints how each
 * request ends. Before, it meets small ones, sees how much of the heap is in use, and
 * fills up the heap to what is to be left.
 */
final class MemoryMain {

	private static final int BLOCK = 64 * 1024;

	private MemoryMain() {
	}

	@SuppressWarnings("try")
	public static void main(String[] args) throws Exception {
		try (Quiet quiet = new Quiet();
				XhrFactory factory = XhrFactory.builder(WebClient.builder()).baseUrl(args[0]).build()) {
			for (XMLHttpRequestResponseType type : XMLHttpRequestResponseType.values()) {
				for (String path : new String[] { "small", "coded/gzip", "coded/deflate", "coded/br", "coded/zstd" }) {
					get(factory, path, type);
				}
			}
			List<byte[]> ballast = fill(Integer.parseInt(args[1]));
			for (int i = 2; i < args.length; i++) {
				String[] words = args[i].split(" ");
				System.out.println(args[i] + ": " + switch (words[0]) {
					case "upload" -> upload(factory, Long.parseLong(words[1]));
					case "abort" -> abort(factory, Long.parseLong(words[1]));
					default -> get(factory, words[1], XMLHttpRequestResponseType.valueOf(words[0]));
				});
			}
			System.out.println("left after: " + free() + " KiB, besides " + ballast.size() + " blocks");
		}
	}

	/** Take what is free but for so many KiB. */
	private static List<byte[]> fill(int left) {
		List<byte[]> ballast = new ArrayList<>();
		long surplus = free() - left;
		System.out.println("in use before: " + (Runtime.getRuntime().maxMemory() / 1024 - free()) + " KiB");
		for (long filled = 0; filled < surplus; filled += BLOCK / 1024) {
			ballast.add(new byte[BLOCK]);
		}
		return ballast;
	}

	/** KiB that are neither in use nor ballast. */
	private static long free() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory()) / 1024;
	}

	private static String get(XhrFactory factory, String path, XMLHttpRequestResponseType type)
			throws InterruptedException {
		XMLHttpRequest xhr = factory.create();
		CountDownLatch end = new CountDownLatch(1);
		xhr.setOnloadend((event) -> end.countDown());
		xhr.open("GET", path);
		xhr.setResponseType(type);
		xhr.send();
		return await(xhr, end);
	}

	private static String upload(XhrFactory factory, long size) throws InterruptedException {
		XMLHttpRequest xhr = factory.create();
		CountDownLatch end = new CountDownLatch(1);
		xhr.setOnloadend((event) -> end.countDown());
		xhr.open("POST", "upload");
		Flux<ByteBuffer> blocks = Flux.generate((sink) -> sink.next(ByteBuffer.wrap(new byte[BLOCK])));
		xhr.send(new StreamBody(blocks.take(size / BLOCK), size));
		return await(xhr, end);
	}

	/** Nobody listens: the file that the body goes to tells how far it is. */
	private static String abort(XhrFactory factory, long at) throws Exception {
		XMLHttpRequest xhr = factory.create(XhrOptions.DEFAULTS.maxResponseSize(DataSize.ofTerabytes(1)));
		xhr.open("GET", "endless");
		xhr.setResponseType(XMLHttpRequestResponseType.BLOB);
		xhr.send();
		while (spooled() < at) {
			LockSupport.parkNanos(1_000_000);
		}
		xhr.abort();
		while (spooled() > 0 || xhr.getReadyState() != XMLHttpRequest.UNSENT) {
			LockSupport.parkNanos(1_000_000);
		}
		return "unsent, no file left";
	}

	private static long spooled() throws Exception {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.map(Path::toFile)
				.filter((file) -> file.getName().matches("xhr-.*\\.tmp"))
				.mapToLong(File::length)
				.sum();
		}
	}

	private static String await(XMLHttpRequest xhr, CountDownLatch end) throws InterruptedException {
		if (!end.await(8, TimeUnit.MINUTES)) {
			return "no end";
		}
		return (xhr.getFailure() != null) ? xhr.getFailure().kind() + " " + xhr.getFailure().message()
				: String.format(Locale.ROOT, "load %d", xhr.getStatus());
	}

}
