package io.github.springxhr.reliability;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.springxhr.Quiet;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.netty.buffer.PooledByteBufAllocator;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends many requests, one after the other over a few connections, of which the server
 * spoils some. Prints how they ended, and what the JVM uses before and after.
 */
final class SoakMain {

	private static final int IN_FLIGHT = 16;

	private static final int WARM_UP = 2000;

	private final AtomicInteger loaded = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicInteger twice = new AtomicInteger();

	@SuppressWarnings("try")
	public static void main(String[] args) throws Exception {
		SoakMain soak = new SoakMain();
		try (Quiet quiet = new Quiet()) {
			soak.send(args[0], WARM_UP);
			print("before");
			long before = openFiles();
			soak.loaded.set(0);
			soak.failed.set(0);
			soak.send(args[0], Integer.parseInt(args[1]));
			awaitClosed(before);
			print("after");
		}
		System.out.println("ended " + soak.loaded + " " + soak.failed + " " + soak.twice);
	}

	private void send(String url, int count) throws InterruptedException {
		Semaphore free = new Semaphore(IN_FLIGHT);
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).baseUrl(url).build()) {
			for (int i = 0; i < count; i++) {
				free.acquire();
				send(factory.create(), i, free);
			}
			free.acquire(IN_FLIGHT);
		}
	}

	private void send(XMLHttpRequest xhr, int index, Semaphore free) {
		AtomicInteger ends = new AtomicInteger();
		xhr.setOnload((event) -> count(this.loaded, ends));
		xhr.setOnerror((event) -> count(this.failed, ends));
		xhr.setOntimeout((event) -> count(this.failed, ends));
		xhr.setOnabort((event) -> count(this.failed, ends));
		xhr.setOnloadend((event) -> free.release());
		xhr.open("POST", "?" + index);
		// For a response that never comes; others come long before
		xhr.setTimeout((index % 100 == 3) ? 20 : 0);
		xhr.send("content");
	}

	private void count(AtomicInteger end, AtomicInteger ends) {
		end.incrementAndGet();
		if (ends.incrementAndGet() > 1) {
			this.twice.incrementAndGet();
		}
	}

	private static void print(String when) throws InterruptedException, IOException {
		for (int i = 0; i < 5; i++) {
			System.gc();
			Thread.onSpinWait();
		}
		Runtime runtime = Runtime.getRuntime();
		long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum() + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
		long files = openFiles();
		System.out.println(String.format(Locale.ROOT, "%s %d %d %d %d", when,
				(runtime.totalMemory() - runtime.freeMemory()) / 1024,
				ManagementFactory.getThreadMXBean().getThreadCount(), files, direct / 1024));
	}

	/** A factory does not wait until its connections are closed. */
	private static void awaitClosed(long files) {
		long limit = System.nanoTime() + 10_000_000_000L;
		while (openFiles() > files && System.nanoTime() < limit) {
			LockSupport.parkNanos(10_000_000);
		}
	}

	private static long openFiles() {
		return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
	}

}
