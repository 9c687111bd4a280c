package io.github.springxhr.reliability;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.springxhr.Quiet;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.LeakGuard;
import io.github.springxhr.http.FailureKind;
import io.netty.buffer.PooledByteBufAllocator;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends many requests, one after the other over a few connections, of which the server
 * spoils some. Prints how they ended, what the JVM uses before and after, and the buffers
 * that nobody has released.
 */
final class SoakMain {

	private static final int IN_FLIGHT = 16;

	private static final int WARM_UP = 2000;

	private final String url;

	private final String nobodyListens;

	/** How often a request has ended so. */
	private final Map<String, AtomicInteger> ends = new ConcurrentSkipListMap<>();

	/** Of those with a timeout, how long after it they ended. */
	private final Times late = new Times();

	/** The first requests that have not ended once, as they should. */
	private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

	private SoakMain(String url, String nobodyListens) {
		this.url = url;
		this.nobodyListens = nobodyListens;
	}

	@SuppressWarnings("try")
	public static void main(String[] args) throws Exception {
		LeakGuard.watch();
		try (Quiet quiet = new Quiet()) {
			new SoakMain(args[0], args[1]).send(WARM_UP);
			print("before");
			long before = openFiles();
			SoakMain soak = new SoakMain(args[0], args[1]);
			soak.send(Integer.parseInt(args[2]));
			awaitClosed(before);
			print("after");
			System.out.println("late " + soak.late);
			System.out.println("ended " + soak.ends);
			System.out.println("wrong " + soak.wrong.stream().limit(10).toList());
			List<String> leaks = LeakGuard.collect();
			leaks.forEach(System.out::println);
			System.out.println("leaks " + leaks.size());
		}
	}

	private void send(int count) throws InterruptedException {
		Semaphore free = new Semaphore(IN_FLIGHT);
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).baseUrl(this.url).build()) {
			for (int i = 0; i < count; i++) {
				free.acquire();
				send(factory.create(), i, free);
			}
			free.acquire(IN_FLIGHT);
		}
	}

	private void send(XMLHttpRequest xhr, int index, Semaphore free) {
		SoakFault fault = SoakFault.of(index);
		int timeout = (fault != null && fault.kind == FailureKind.TIMEOUT) ? 20 : 0;
		long[] due = new long[1];
		List<String> events = Collections.synchronizedList(new ArrayList<>());
		for (String type : List.of("load", "error", "timeout", "abort", "loadend")) {
			xhr.addEventListener(type, (event) -> events.add(type));
		}
		xhr.setOnloadend((event) -> {
			if (timeout > 0) {
				this.late.add(Duration.ofNanos(System.nanoTime() - due[0]));
			}
			String end = (xhr.getFailure() != null) ? xhr.getFailure().kind().name() : xhr.getResponseText();
			String expected = (fault != null) ? fault.kind.name() : "hello";
			this.ends.computeIfAbsent(end, (key) -> new AtomicInteger()).incrementAndGet();
			if (events.size() != 2 || !end.equals(expected)) {
				this.wrong.add(index + " " + fault + " " + events + " " + end);
			}
			free.release();
		});
		xhr.open("POST", ((fault == SoakFault.NOBODY_LISTENS) ? this.nobodyListens : this.url) + "?" + index);
		// For a response that never comes; others come long before
		xhr.setTimeout(timeout);
		due[0] = System.nanoTime() + timeout * 1_000_000L;
		if (fault == null) {
			xhr.send("content");
			return;
		}
		fault.prepare(xhr);
		fault.send(xhr);
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
