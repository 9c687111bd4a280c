package io.github.springxhr.form;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicLong;

import io.github.springxhr.http.RequestBody;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import org.springframework.util.Assert;

/**
 * Publishes the content of a blob to each subscriber, as fast as that asks for it.
 *
 * @param content the content
 */
record ContentPublisher(RequestBody content) implements Publisher<ByteBuffer> {

	private static final int SLICE = 64 * 1024;

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		Assert.notNull(subscriber, "subscriber must not be null");
		Reading reading = new Reading(subscriber, this.content);
		subscriber.onSubscribe(reading);
		if (this.content.length() == 0) {
			reading.request(1);
		}
	}

	/**
	 * One subscriber's reading.
	 *
	 * <h2>Concurrency</h2> Whoever raises {@code requested} from zero reads until it is
	 * zero again; the channel is his alone meanwhile. Cancelling raises it as well, so
	 * that the channel is closed by the one who reads or, if nobody does, by the caller.
	 */
	private static final class Reading implements Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		private final ReadableByteChannel channel;

		private final AtomicLong requested = new AtomicLong();

		private volatile boolean badRequest;

		private volatile boolean cancelled;

		private long left;

		private boolean ended;

		Reading(Subscriber<? super ByteBuffer> subscriber, RequestBody content) {
			this.subscriber = subscriber;
			this.channel = new ContentChannel(content);
			this.left = content.length();
		}

		@Override
		public void request(long n) {
			if (n <= 0) {
				this.badRequest = true;
			}
			add(Math.max(1, n));
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			add(1);
		}

		private void add(long n) {
			long before = this.requested.getAndAccumulate(n, (left, more) -> {
				long sum = left + more;
				return (sum < 0) ? Long.MAX_VALUE : sum;
			});
			if (before == 0) {
				drain();
			}
		}

		private void drain() {
			while (!this.ended) {
				next();
				if (!this.ended && this.requested.accumulateAndGet(1, Reading::subtract) == 0) {
					return;
				}
			}
			this.requested.set(0);
		}

		private static long subtract(long left, long one) {
			return (left == Long.MAX_VALUE) ? left : left - one;
		}

		private void next() {
			if (this.cancelled) {
				end();
			}
			else if (this.badRequest) {
				end();
				this.subscriber.onError(new IllegalArgumentException("request() needs a positive number"));
			}
			else if (this.left > 0) {
				read();
			}
			if (!this.ended && this.left == 0) {
				end();
				this.subscriber.onComplete();
			}
		}

		private void read() {
			ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(this.left, SLICE));
			try {
				this.left -= this.channel.read(buffer);
			}
			catch (IOException | RuntimeException ex) {
				end();
				this.subscriber.onError(ex);
				return;
			}
			this.subscriber.onNext(buffer.flip());
		}

		private void end() {
			this.ended = true;
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// what was read is right all the same
			}
		}

	}

}
