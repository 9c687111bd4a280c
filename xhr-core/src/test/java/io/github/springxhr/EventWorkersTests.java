package io.github.springxhr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.fixture.LeftoversGuard;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link EventWorkers}.
 */
@Timeout(60)
class EventWorkersTests {

	private final SharedThreads timers = SharedThreads.acquire();

	private final EventWorkers workers = new EventWorkers(2, 8, this.timers);

	@AfterEach
	void close() {
		this.workers.shutdown();
		this.timers.release();
	}

	@Test
	void everyTaskIsRunOnce() throws InterruptedException {
		int count = 20_000;
		CountDownLatch ended = new CountDownLatch(4 * count);
		AtomicInteger runs = new AtomicInteger();
		for (int sender = 0; sender < 4; sender++) {
			new Thread(() -> {
				for (int i = 0; i < count; i++) {
					this.workers.execute(() -> {
						runs.incrementAndGet();
						ended.countDown();
					});
				}
			}).start();
		}
		assertThat(ended.await(50, TimeUnit.SECONDS)).isTrue();
		assertThat(runs).hasValue(4 * count);
	}

	@Test
	void oneThreadRunsTheTasksThatCameWhileItWasBusy() throws InterruptedException {
		EventWorkers one = new EventWorkers(1, 1, this.timers);
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(100);
		one.execute(() -> {
			threads.add(Thread.currentThread());
			begun.countDown();
			awaitQuietly(goOn);
		});
		begun.await();
		for (int i = 0; i < 100; i++) {
			one.execute(() -> {
				threads.add(Thread.currentThread());
				ended.countDown();
			});
		}
		goOn.countDown();
		assertThat(ended.await(50, TimeUnit.SECONDS)).isTrue();
		assertThat(threads).hasSize(1);
		one.shutdown();
	}

	@Test
	void aTaskThatWaitsForAnotherHoldsUpNobodyForLong() throws InterruptedException {
		CountDownLatch all = new CountDownLatch(8);
		CountDownLatch ended = new CountDownLatch(8);
		for (int i = 0; i < 8; i++) {
			this.workers.execute(() -> {
				all.countDown();
				awaitQuietly(all);
				ended.countDown();
			});
		}
		assertThat(ended.await(50, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void thereAreNoMoreThreadsThanTheMost() throws InterruptedException {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch eight = new CountDownLatch(8);
		CountDownLatch goOn = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(40);
		for (int i = 0; i < 40; i++) {
			this.workers.execute(() -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				eight.countDown();
				awaitQuietly(goOn);
				running.decrementAndGet();
				ended.countDown();
			});
		}
		assertThat(eight.await(50, TimeUnit.SECONDS)).isTrue();
		goOn.countDown();
		assertThat(ended.await(50, TimeUnit.SECONDS)).isTrue();
		assertThat(most).hasValue(8);
	}

	@Test
	void aTaskThatFailsLeavesTheOthersAlone() throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(10);
		for (int i = 0; i < 10; i++) {
			this.workers.execute(() -> {
				ended.countDown();
				throw new QuietException();
			});
		}
		assertThat(ended.await(50, TimeUnit.SECONDS)).isTrue();
		List<String> thrown = new ArrayList<>();
		Awaitility.await().dontCatchUncaughtExceptions().untilAsserted(() -> {
			thrown.addAll(LeftoversGuard.take());
			assertThat(thrown).hasSize(10).allMatch((one) -> one.contains("thrown by the test"));
		});
	}

	@Test
	void whatIsQueuedIsRunAfterTheShutdownAndNothingElse() throws InterruptedException {
		EventWorkers one = new EventWorkers(1, 2, this.timers);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch queued = new CountDownLatch(1);
		one.execute(() -> {
			begun.countDown();
			awaitQuietly(queued);
		});
		begun.await();
		one.execute(queued::countDown);
		one.shutdown();
		assertThat(queued.await(50, TimeUnit.SECONDS)).isTrue();
		EventWorkers idle = new EventWorkers(1, 1, this.timers);
		idle.shutdown();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> idle.execute(() -> {
		}));
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Not printed by the thread that it ends. */
	private static final class QuietException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		QuietException() {
			super("thrown by the test", null, false, false);
		}

	}

}
