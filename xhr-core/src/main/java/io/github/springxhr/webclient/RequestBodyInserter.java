package io.github.springxhr.webclient;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.springxhr.http.RequestBody;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * Writes a request's body in slices, so that each can be seen leaving for the socket.
 * Files are not read where the connection takes them as such; where it does not, they are
 * as slices are asked for, on threads that may block.
 */
final class RequestBodyInserter {

	/** Small enough for smooth progress, large enough for few writes. */
	static final int SLICE = 64 * 1024;

	private final RequestBody body;

	private final Predicate<RequestBodyException> failureHandler;

	private final AtomicBoolean taken = new AtomicBoolean();

	private RequestBodyInserter(RequestBody body, Predicate<RequestBodyException> failureHandler) {
		this.body = body;
		this.failureHandler = failureHandler;
	}

	/**
	 * Create an inserter for one exchange.
	 * @param body the body
	 * @param failureHandler told of a failure of the body; returns whether it ends the
	 * exchange. If it does not, the writing fails
	 */
	static BodyInserter<RequestBody, ClientHttpRequest> of(RequestBody body,
			Predicate<RequestBodyException> failureHandler) {
		RequestBodyInserter inserter = new RequestBodyInserter(body, failureHandler);
		return (request, context) -> {
			if (request instanceof NettyRequest netty && netty.takesFiles() && FileSlices.isIn(body)) {
				return netty.writeParts(inserter.checked(() -> parts(body, request.bufferFactory())));
			}
			return request.writeWith(inserter.buffers(request.bufferFactory()));
		};
	}

	private Publisher<DataBuffer> buffers(DataBufferFactory factory) {
		if (this.body instanceof RequestBody.Bytes bytes) {
			return slices(bytes, factory);
		}
		return checked(() -> slices(this.body, factory));
	}

	private <T> Flux<T> checked(Supplier<Flux<T>> content) {
		if (!this.body.isRepeatable() && !this.taken.compareAndSet(false, true)) {
			return Flux.error(new RequestBodyException("the request's body cannot be sent twice"));
		}
		return content.get().onErrorResume((failure) -> {
			RequestBodyException exception = RequestBodyException.of(failure);
			return this.failureHandler.test(exception) ? Flux.never() : Flux.error(exception);
		});
	}

	/** What goes to the channel: parts of files that are not read, and buffers. */
	private static Flux<Object> parts(RequestBody body, DataBufferFactory factory) {
		if (body instanceof RequestBody.Sequence sequence) {
			return Flux.concat(sequence.parts().stream().map((part) -> parts(part, factory)).toList());
		}
		return (body instanceof RequestBody.FileRegion region && FileSlices.isIn(body)) ? FileSlices.of(region)
				: slices(body, factory).map(NettyDataBufferFactory::toByteBuf);
	}

	private static Flux<DataBuffer> slices(RequestBody body, DataBufferFactory factory) {
		if (body instanceof RequestBody.Bytes bytes) {
			return Flux.from(slices(bytes, factory));
		}
		if (body instanceof RequestBody.Readable readable) {
			return slices(readable, factory);
		}
		if (body instanceof RequestBody.Sequence sequence) {
			return Flux.concat(sequence.parts().stream().map((part) -> slices(part, factory)).toList());
		}
		return slices((RequestBody.Stream) body, factory);
	}

	private static Publisher<DataBuffer> slices(RequestBody.Bytes body, DataBufferFactory factory) {
		if (body.count() == 0) {
			return Mono.empty();
		}
		if (body.count() <= SLICE) {
			return Mono.fromSupplier(() -> factory.wrap(ByteBuffer.wrap(body.bytes(), body.offset(), body.count())));
		}
		int count = (body.count() - 1) / SLICE + 1;
		return Flux.range(0, count).map((index) -> {
			int start = index * SLICE;
			return factory
				.wrap(ByteBuffer.wrap(body.bytes(), body.offset() + start, Math.min(SLICE, body.count() - start)));
		});
	}

	private static Flux<DataBuffer> slices(RequestBody.Readable body, DataBufferFactory factory) {
		return Flux
			.<DataBuffer, SliceReader>generate(() -> new SliceReader(body.open(), factory, SLICE), SliceReader::next,
					SliceReader::close)
			.subscribeOn(Schedulers.boundedElastic())
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	/**
	 * Make an error of a source that throws when it is subscribed to: Reactor would let
	 * some of them pass, and nobody would hear of them.
	 */
	private static Publisher<ByteBuffer> guarded(Publisher<ByteBuffer> source) {
		return (subscriber) -> {
			try {
				source.subscribe(subscriber);
			}
			catch (Throwable ex) {
				subscriber.onSubscribe(Operators.emptySubscription());
				subscriber.onError(RequestBodyException.of(ex));
			}
		};
	}

	private static Flux<DataBuffer> slices(RequestBody.Stream body, DataBufferFactory factory) {
		return Flux.defer(() -> {
			LengthCheck check = new LengthCheck(body.length());
			return Flux.from(guarded(body.source()))
				.handle(check::next)
				.concatWith(Mono.defer(check::end))
				.concatMapIterable(RequestBodyInserter::cut, 1)
				.map(factory::wrap);
		});
	}

	private static List<ByteBuffer> cut(ByteBuffer buffer) {
		if (buffer.remaining() <= SLICE) {
			return buffer.hasRemaining() ? List.of(buffer) : List.of();
		}
		List<ByteBuffer> slices = new ArrayList<>();
		for (int start = 0; start < buffer.remaining(); start += SLICE) {
			slices.add(buffer.slice(buffer.position() + start, Math.min(SLICE, buffer.remaining() - start)));
		}
		return slices;
	}

	/**
	 * Compares what a publisher gives with what was promised: the server was told the
	 * length, and would take what is too much for the next request.
	 */
	private static final class LengthCheck {

		private final long length;

		private long count;

		LengthCheck(long length) {
			this.length = length;
		}

		void next(ByteBuffer buffer, SynchronousSink<ByteBuffer> sink) {
			this.count += buffer.remaining();
			if (this.length != RequestBody.UNKNOWN_LENGTH && this.count > this.length) {
				sink.error(new RequestBodyException(
						"the request's body is longer than the " + this.length + " bytes that were promised"));
			}
			else {
				sink.next(buffer);
			}
		}

		Mono<ByteBuffer> end() {
			if (this.count < this.length) {
				return Mono.error(new RequestBodyException(
						"the request's body ended after " + this.count + " of " + this.length + " bytes"));
			}
			return Mono.empty();
		}

	}

}
