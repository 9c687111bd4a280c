package io.github.springxhr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LaneTests {

	private final ManualExecutor manual = new ManualExecutor();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> log = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void callRunsInTheCallersThread() {
		Lane lane = new Lane(this.manual, this.manual);
		assertThat(lane.<Thread>call(Thread::currentThread)).isSameAs(Thread.currentThread());
	}

	@Test
	void callFromInsideRunsAtOnce() {
		Lane lane = new Lane(this.manual, this.manual);
		run(lane, () -> {
			run(lane, () -> this.log.add("inner"));
			this.log.add("outer");
		});
		assertThat(this.log).containsExactly("inner", "outer");
	}

	@Test
	void exceptionOfACallReachesTheCallerAndFreesTheLane() {
		Lane lane = new Lane(this.manual, this.manual);
		assertThatIllegalStateException().isThrownBy(() -> lane.call(() -> {
			throw new IllegalStateException();
		}));
		assertThat(lane.<String>call(() -> "free")).isEqualTo("free");
	}

	@Test
	void postedTasksRunInOrderInOneDrain() {
		Lane lane = new Lane(this.manual, this.manual);
		lane.post(() -> this.log.add("1"), Runnable::run);
		lane.post(() -> this.log.add("2"), Runnable::run);
		assertThat(this.manual.size()).isEqualTo(1);
		this.manual.run();
		assertThat(this.log).containsExactly("1", "2");
	}

	@Test
	void tasksPostedWhileACallerIsInsideAreHandedOver() {
		ManualExecutor handOver = new ManualExecutor();
		Lane lane = new Lane(Runnable::run, handOver);
		run(lane, () -> {
			lane.post(() -> this.log.add("posted"), Runnable::run);
			this.log.add("called");
		});
		assertThat(this.log).containsExactly("called");
		handOver.run();
		assertThat(this.log).containsExactly("called", "posted");
	}

	@Test
	void whatIsLeftIsHandedOverOnceATaskHasMovedAway() {
		ManualExecutor handOver = new ManualExecutor();
		Lane lane = new Lane(this.manual, handOver);
		lane.post(() -> {
			lane.moveAway();
			this.log.add("moved");
		}, Runnable::run);
		lane.post(() -> this.log.add("left"), Runnable::run);
		this.manual.run();
		assertThat(this.log).containsExactly("moved");
		handOver.run();
		assertThat(this.log).containsExactly("moved", "left");
		lane.post(() -> this.log.add("posted"), Runnable::run);
		assertThat(this.manual.size()).isZero();
		handOver.run();
		assertThat(this.log).containsExactly("moved", "left", "posted");
		run(lane, lane::moveBack);
		lane.post(() -> this.log.add("back"), Runnable::run);
		this.manual.run();
		assertThat(this.log).containsExactly("moved", "left", "posted", "back");
	}

	@Test
	void taskThatFailsDoesNotStopTheOthers() {
		Lane lane = new Lane(this.manual, this.manual);
		lane.post(() -> {
			throw new IllegalStateException("on purpose");
		}, Runnable::run);
		lane.post(() -> this.log.add("next"), Runnable::run);
		this.manual.run();
		assertThat(this.log).containsExactly("next");
	}

	@Test
	void theNewsOfOneReadShareAHop() {
		Lane lane = new Lane(this.manual, this.manual);
		ManualExecutor transport = new ManualExecutor();
		lane.post(() -> this.log.add("1"), transport);
		lane.post(() -> this.log.add("2"), transport);
		this.manual.run();
		assertThat(this.log).isEmpty();
		transport.run();
		lane.post(() -> this.log.add("3"), transport);
		this.manual.run();
		assertThat(this.log).containsExactly("1", "2", "3");
	}

	@Test
	void alarmDoesNotWaitForAHopThatIsPutOff() {
		ManualExecutor handOver = new ManualExecutor();
		Lane lane = new Lane(this.manual, handOver);
		ManualExecutor transport = new ManualExecutor();
		lane.post(() -> this.log.add("posted"), transport);
		lane.postFromAlarm(() -> this.log.add("alarm"));
		handOver.run();
		assertThat(this.log).containsExactly("posted", "alarm");
		transport.run();
		this.manual.run();
		lane.post(() -> this.log.add("next"), Runnable::run);
		this.manual.run();
		assertThat(this.log).containsExactly("posted", "alarm", "next");
	}

	@Test
	void hopIsMadeAtOnceIfItCannotBePutOff() {
		Lane lane = new Lane(this.manual, this.manual);
		lane.post(() -> this.log.add("posted"), (drain) -> {
			throw new IllegalStateException("on purpose");
		});
		this.manual.run();
		assertThat(this.log).containsExactly("posted");
	}

	@Test
	void whatIsPutOffIsNotLostToACallerInBetween() {
		Lane lane = new Lane(this.manual, this.manual);
		ManualExecutor transport = new ManualExecutor();
		lane.post(() -> this.log.add("posted"), transport);
		run(lane, () -> this.log.add("called"));
		transport.run();
		this.manual.run();
		assertThat(this.log).containsExactly("called", "posted");
	}

	@Test
	void callOrPostDoesNotWaitForABusyLane() throws Exception {
		Lane lane = new Lane(this.threads, this.threads);
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch leave = new CountDownLatch(1);
		lane.post(() -> {
			inside.countDown();
			await(leave);
			this.log.add("busy");
		}, Runnable::run);
		await(inside);
		lane.callOrPost(() -> this.log.add("queued"));
		assertThat(this.log).isEmpty();
		leave.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.log).containsExactly("busy", "queued"));
	}

	@Test
	void callWaitsForItsTurn() throws Exception {
		Lane lane = new Lane(this.threads, this.threads);
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch leave = new CountDownLatch(1);
		lane.post(() -> {
			inside.countDown();
			await(leave);
			this.log.add("busy");
		}, Runnable::run);
		await(inside);
		CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> run(lane, () -> this.log.add("called")),
				this.threads);
		leave.countDown();
		caller.get(10, TimeUnit.SECONDS);
		assertThat(this.log).containsExactly("busy", "called");
	}

	@Test
	void tasksAreNotLostWhenTheExecutorRejectsThem() {
		Lane lane = new Lane((task) -> {
			throw new RejectedExecutionException();
		}, this.manual);
		lane.post(() -> this.log.add("posted"), Runnable::run);
		assertThat(this.log).containsExactly("posted");
	}

	@Test
	void manyThreadsNeverOverlapAndLoseNothing() throws Exception {
		Lane lane = new Lane(this.threads, this.threads);
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		int[] count = new int[1];
		Runnable task = () -> {
			if (inside.incrementAndGet() != 1) {
				overlaps.incrementAndGet();
			}
			count[0]++;
			inside.decrementAndGet();
		};
		int threadCount = 8;
		int rounds = 20_000;
		List<CompletableFuture<Void>> callers = new ArrayList<>();
		for (int i = 0; i < threadCount; i++) {
			int kind = i % 3;
			callers.add(CompletableFuture.runAsync(() -> {
				for (int round = 0; round < rounds; round++) {
					switch (kind) {
						case 0 -> run(lane, task);
						case 1 -> lane.post(task, Runnable::run);
						default -> lane.callOrPost(task);
					}
				}
			}, this.threads));
		}
		for (CompletableFuture<Void> caller : callers) {
			caller.get(60, TimeUnit.SECONDS);
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(lane.<Integer>call(() -> count[0])).isEqualTo(threadCount * rounds));
		assertThat(overlaps).hasValue(0);
	}

	private static void run(Lane lane, Runnable call) {
		lane.call(() -> {
			call.run();
			return true;
		});
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
