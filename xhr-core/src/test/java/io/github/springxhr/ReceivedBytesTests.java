package io.github.springxhr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.springxhr.fetch.BodyChunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * However the bytes come, and whatever length was told, they are those that came.
 */
class ReceivedBytesTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final Random random = new Random(20260514);

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 1000, MEGABYTE, 3 * MEGABYTE, 17 * MEGABYTE })
	void areThoseThatCame(long told) {
		for (int size : new int[] { 0, 1, 1024, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, MEGABYTE + 256 * 1024,
				3 * MEGABYTE }) {
			byte[] all = new byte[size];
			this.random.nextBytes(all);
			ReceivedBytes received = received(all, told);
			assertThat(received.length()).isEqualTo(size);
			assertThat(Arrays.equals(received.copy(size), all)).isTrue();
			assertThat(Arrays.equals(received.toArray(), all)).isTrue();
			assertThat(Arrays.equals(received.array(), 0, size, all, 0, size)).isTrue();
			assertThat(Arrays.equals(received.copy(size / 2), Arrays.copyOf(all, size / 2))).isTrue();
		}
	}

	@Test
	void canBeReadWhileMoreCome() {
		byte[] all = new byte[5 * MEGABYTE];
		this.random.nextBytes(all);
		ReceivedBytes received = new ReceivedBytes(0);
		byte[] read = new byte[all.length];
		int[] position = new int[1];
		for (byte[] part : parts(all)) {
			received.show(received.append(new Chunk(part)));
			received.read(position[0], received.length(), (bytes, offset, length) -> {
				System.arraycopy(bytes, offset, read, position[0], length);
				position[0] += length;
			});
		}
		assertThat(Arrays.equals(read, all)).isTrue();
	}

	@Test
	void countWhenTheyAreShown() {
		ReceivedBytes received = new ReceivedBytes(0);
		int end = received.append(new Chunk(new byte[] { 1, 2, 3 }));
		assertThat(received.length()).isZero();
		received.show(end);
		assertThat(received.toArray()).containsExactly(1, 2, 3);
		assertThat(received.copy(1, 3)).containsExactly(2, 3);
	}

	@Test
	void mayHaveAnEmptyChunkWhereASegmentEnds() {
		ReceivedBytes received = new ReceivedBytes(0);
		byte[] quarter = new byte[MEGABYTE / 4];
		for (int i = 1; i <= 12; i++) {
			received.append(new Chunk(quarter));
			received.show(received.append(new Chunk(new byte[0])));
			assertThat(received.length()).isEqualTo(i * quarter.length);
		}
		assertThat(received.toArray()).hasSize(3 * MEGABYTE);
	}

	@Test
	void areOneArrayIfTheirLengthIsTold() {
		byte[] all = new byte[20 * MEGABYTE];
		ReceivedBytes received = received(all, all.length);
		assertThat(received.toArray()).isSameAs(received.array());
	}

	@Test
	void areJoinedOnce() {
		ReceivedBytes received = received(new byte[3 * MEGABYTE], 0);
		assertThat(received.array()).isSameAs(received.array()).isSameAs(received.toArray());
	}

	@Test
	void tellWhenThereAreTooManyForAnArray() {
		ReceivedBytes received = received(new byte[1], 0);
		BodyChunk tooLarge = new Chunk(new byte[0]) {

			@Override
			public int length() {
				return Integer.MAX_VALUE - 8;
			}

		};
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> received.append(tooLarge));
	}

	private ReceivedBytes received(byte[] all, long told) {
		ReceivedBytes received = new ReceivedBytes(told);
		parts(all).forEach((part) -> received.show(received.append(new Chunk(part))));
		return received;
	}

	/** Some small, some larger than a segment. */
	private List<byte[]> parts(byte[] all) {
		List<byte[]> parts = new ArrayList<>();
		int position = 0;
		while (position < all.length) {
			int bound = new int[] { 10, 70_000, 700_000 }[this.random.nextInt(3)];
			int length = Math.min(all.length - position, this.random.nextInt(bound));
			parts.add(Arrays.copyOfRange(all, position, position + length));
			position += length;
		}
		return parts;
	}

	static class Chunk implements BodyChunk {

		private final byte[] bytes;

		Chunk(byte[] bytes) {
			this.bytes = bytes;
		}

		@Override
		public int length() {
			return this.bytes.length;
		}

		@Override
		public void copyTo(byte[] target, int offset) {
			System.arraycopy(this.bytes, 0, target, offset, this.bytes.length);
		}

		@Override
		public void release() {
			// it is on the heap
		}

	}

}
