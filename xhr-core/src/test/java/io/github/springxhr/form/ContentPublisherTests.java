package io.github.springxhr.form;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

class ContentPublisherTests {

	private final AtomicInteger open = new AtomicInteger();

	@TempDir
	private Path directory;

	/** 160 KiB that tell whether they are open. */
	private Blob tracked() throws Exception {
		return File.of(new ByteArrayResource(new byte[160 * 1024]) {

			@Override
			public java.io.InputStream getInputStream() {
				ContentPublisherTests.this.open.incrementAndGet();
				return new java.io.FilterInputStream(new java.io.ByteArrayInputStream(getByteArray())) {

					@Override
					public void close() {
						ContentPublisherTests.this.open.decrementAndGet();
					}

				};
			}

		});
	}

	@Test
	void publishesAsIsAskedAndEndsAtTheLastByte() throws Exception {
		StepVerifier.create(Flux.from(tracked().stream()).map(ByteBuffer::remaining), 0)
			.expectSubscription()
			.thenRequest(1)
			.expectNextCount(1)
			.then(() -> assertThat(this.open).hasValue(1))
			.thenRequest(100)
			.thenConsumeWhile((size) -> size > 0)
			.verifyComplete();
		assertThat(this.open).hasValue(0);
	}

	@Test
	void publishesAnewToEachSubscriber() {
		Flux<ByteBuffer> flux = Flux.from(new Blob(List.of("abc")).stream());
		for (int i = 0; i < 2; i++) {
			StepVerifier.create(flux).expectNext(ByteBuffer.wrap(new byte[] { 'a', 'b', 'c' })).verifyComplete();
		}
	}

	@Test
	void emptyBlobEndsUnasked() {
		StepVerifier.create(new Blob().stream(), 0).verifyComplete();
	}

	@Test
	void cancellingCloses() throws Exception {
		StepVerifier.create(tracked().stream(), 1).expectNextCount(1).thenCancel().verify();
		assertThat(this.open).hasValue(0);
	}

	@Test
	void cancellingInsideOnNextCloses() throws Exception {
		StepVerifier.create(Flux.from(tracked().stream()).take(1)).expectNextCount(1).verifyComplete();
		assertThat(this.open).hasValue(0);
	}

	@Test
	void manySmallRequestsFromAnotherThread() throws Exception {
		StepVerifier
			.create(Flux.from(tracked().stream())
				.publishOn(Schedulers.parallel(), 1)
				.map(ByteBuffer::remaining)
				.reduce(Integer::sum))
			.expectNext(160 * 1024)
			.verifyComplete();
		assertThat(this.open).hasValue(0);
	}

	@Test
	void errorReachesTheSubscriber() throws Exception {
		Path path = Files.writeString(this.directory.resolve("gone"), "x");
		Blob blob = File.of(path);
		Files.delete(path);
		StepVerifier.create(blob.stream()).verifyError(NoSuchFileException.class);
	}

	@Test
	void badRequestIsAnError() {
		StepVerifier.create(new Blob(List.of("a")).stream(), 0).thenRequest(1).expectNextCount(1).verifyComplete();
		new Blob(List.of("a")).stream().subscribe(new org.reactivestreams.Subscriber<>() {

			@Override
			public void onSubscribe(org.reactivestreams.Subscription subscription) {
				subscription.request(0);
			}

			@Override
			public void onNext(ByteBuffer buffer) {
				throw new AssertionError("not asked for");
			}

			@Override
			public void onError(Throwable failure) {
				assertThat(failure).isInstanceOf(IllegalArgumentException.class);
				ContentPublisherTests.this.open.set(-1);
			}

			@Override
			public void onComplete() {
				throw new AssertionError("not complete");
			}

		});
		assertThat(this.open).hasValue(-1);
	}

}
