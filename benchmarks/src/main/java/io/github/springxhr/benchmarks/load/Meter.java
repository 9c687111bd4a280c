package io.github.springxhr.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Counts what this process uses. Bytes are those of all threads, ended ones included; a
 * JDK older than 21 leaves those out, so threads must not end while there is counting.
 */
final class Meter {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final @Nullable Method TOTAL = findTotal();

	private Meter() {
	}

	static long cpuNanos() {
		return SYSTEM.getProcessCpuTime();
	}

	static long allocated() {
		try {
			return (TOTAL != null) ? (Long) TOTAL.invoke(THREADS)
					: Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
						.filter((bytes) -> bytes > 0)
						.sum();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What is reachable: what is used after a collection. */
	static long liveHeap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static @Nullable Method findTotal() {
		try {
			return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

}
