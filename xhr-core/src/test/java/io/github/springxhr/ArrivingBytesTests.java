package io.github.springxhr;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.fetch.BodyChunk;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the threads do, no byte is left behind, and no chunk that is owed.
 */
class ArrivingBytesTests {

	private static final int MEGABYTE = 1024 * 1024;

	@Test
	void theLaneIsToldOnceUntilItHasTaken() {
		ArrivingBytes arriving = new ArrivingBytes(new ReceivedBytes(0));
		assertThat(arriving.append(chunk(1), true)).isTrue();
		assertThat(arriving.isNews()).isTrue();
		assertThat(arriving.append(chunk(2), true)).isTrue();
		assertThat(arriving.isNews()).isFalse();
		assertThat(arriving.take()).isEqualTo(3);
		assertThat(arriving.owed()).isZero();
		assertThat(arriving.append(chunk(3), true)).isTrue();
		assertThat(arriving.isNews()).isTrue();
		assertThat(arriving.take()).isEqualTo(6);
	}

	@Test
	void whoCannotAskOwes() {
		ArrivingBytes arriving = new ArrivingBytes(new ReceivedBytes(0));
		assertThat(arriving.append(chunk(1), false)).isFalse();
		arriving.take();
		assertThat(arriving.owed()).isOne();
		assertThat(arriving.owed()).isZero();
	}

	@Test
	void aLaneThatIsFarBehindIsOwedForUntilItHasComeAfter() {
		ArrivingBytes arriving = new ArrivingBytes(new ReceivedBytes(0));
		assertThat(arriving.append(chunk(MEGABYTE), true)).isTrue();
		assertThat(arriving.append(chunk(1), true)).isFalse();
		assertThat(arriving.append(chunk(1), true)).isFalse();
		assertThat(arriving.take()).isEqualTo(MEGABYTE + 2);
		assertThat(arriving.owed()).isEqualTo(2);
		assertThat(arriving.append(chunk(MEGABYTE), true)).isTrue();
	}

	@RepeatedTest(20)
	void noChunkIsLostBetweenTheThreads() throws InterruptedException {
		ExecutorService worker = Executors.newSingleThreadExecutor();
		ArrivingBytes arriving = new ArrivingBytes(new ReceivedBytes(0));
		int chunks = 20_000;
		int[] sizes = new Random(7).ints(chunks, 0, 300).toArray();
		int[] asked = new int[1];
		int[] taken = new int[2];
		Lane lane = new Lane(worker, worker);
		for (int size : sizes) {
			if (arriving.append(chunk(size), size % 3 == 0)) {
				asked[0]++;
			}
			if (arriving.isNews()) {
				lane.post(() -> {
					taken[0] = arriving.take();
					taken[1] += arriving.owed();
				}, Runnable::run);
			}
		}
		worker.shutdown();
		assertThat(worker.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(taken[1]).isPositive();
		assertThat(taken[0]).isEqualTo(Arrays.stream(sizes).sum());
		assertThat(asked[0] + taken[1]).isEqualTo(chunks);
	}

	private static BodyChunk chunk(int size) {
		return new ReceivedBytesTests.Chunk(new byte[size]);
	}

}
