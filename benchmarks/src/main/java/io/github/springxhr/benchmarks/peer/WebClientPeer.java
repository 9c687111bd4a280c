package io.github.springxhr.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;

import reactor.core.publisher.Mono;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Plain WebClient, as its reference shows its use.
 */
final class WebClientPeer implements Peer {

	private final WebClient client;

	WebClientPeer(WebClient.Builder builder) {
		this.client = builder.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(Integer.MAX_VALUE)).build();
	}

	@Override
	public void start(Operation operation, String url, Completion completion) {
		switch (operation) {
			case TEXT -> tell(get(url).bodyToMono(String.class), String::length, completion);
			case JSON -> tell(get(url).bodyToMono(Order.class), Order::id, completion);
			case DISCARD -> tell(discard(url), Long::longValue, completion);
			case ARRAYBUFFER -> tell(get(url).bodyToMono(byte[].class), (bytes) -> bytes.length, completion);
			case BLOB -> tell(download(url), Long::longValue, completion);
			case UPLOAD -> tell(upload(url), Long::parseLong, completion);
			case MULTIPART -> tell(multipart(url), Long::parseLong, completion);
		}
	}

	private <T> void tell(Mono<T> result, ToLongFunction<T> size, Completion completion) {
		result.subscribe((value) -> completion.completed(size.applyAsLong(value)), completion::failed);
	}

	private WebClient.ResponseSpec get(String url) {
		return this.client.get().uri(url).retrieve();
	}

	private Mono<Long> discard(String url) {
		return get(url).bodyToFlux(DataBuffer.class).map((buffer) -> {
			long length = buffer.readableByteCount();
			DataBufferUtils.release(buffer);
			return length;
		}).reduce(0L, Long::sum);
	}

	private Mono<Long> download(String url) {
		Path target = TestFiles.target();
		return DataBufferUtils.write(get(url).bodyToFlux(DataBuffer.class), target)
			.then(Mono.fromCallable(() -> delete(target)));
	}

	private static long delete(Path file) throws IOException {
		long size = Files.size(file);
		Files.delete(file);
		return size;
	}

	private Mono<String> upload(String url) {
		return this.client.post()
			.uri(url)
			.body(BodyInserters.fromResource(new FileSystemResource(TestFiles.large())))
			.retrieve()
			.bodyToMono(String.class);
	}

	private Mono<String> multipart(String url) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		for (Path file : TestFiles.small()) {
			form.part("file", new FileSystemResource(file));
		}
		return this.client.post()
			.uri(url)
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.bodyValue(form.build())
			.retrieve()
			.bodyToMono(String.class);
	}

	@Override
	public void close() {
		// its threads are daemons
	}

}
