package io.github.springxhr.demo.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import io.github.springxhr.form.File;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Files that were chosen in the page and that the server is to send as well. They are
 * few, and gone when the demo is.
 */
@Component
class ChosenFiles {

	private static final long MOST_BYTES = 32L * 1024 * 1024;

	private static final int MOST_FILES = 8;

	private final Map<String, Chosen> files = new LinkedHashMap<>();

	private @Nullable Path directory;

	/**
	 * Keep a file.
	 * @param name its name
	 * @param type its media type
	 * @param content its bytes
	 * @return what a specification calls it
	 */
	Mono<String> keep(String name, String type, Flux<DataBuffer> content) {
		String id = UUID.randomUUID().toString();
		long[] size = { 0 };
		Flux<DataBuffer> limited = content.doOnNext((buffer) -> {
			size[0] += buffer.readableByteCount();
			if (size[0] > MOST_BYTES) {
				DataBufferUtils.release(buffer);
				throw new DataBufferLimitException("a file has at most " + MOST_BYTES + " bytes");
			}
		});
		return Mono.fromCallable(() -> reserve(id, name, type))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((path) -> DataBufferUtils.write(limited, path)
				.onErrorResume((ex) -> forgetLater(id).then(Mono.error(ex))))
			.thenReturn(id);
	}

	private synchronized Path reserve(String id, String name, String type) throws IOException {
		if (this.directory == null) {
			this.directory = Files.createTempDirectory("xhr-demo-");
		}
		while (this.files.size() >= MOST_FILES) {
			forget(this.files.keySet().iterator().next());
		}
		Path path = Files.createFile(this.directory.resolve(id));
		this.files.put(id, new Chosen(path, name, type));
		return path;
	}

	File get(String id) {
		Chosen chosen;
		synchronized (this) {
			chosen = this.files.get(id);
		}
		if (chosen == null) {
			throw new InvalidSpecException("body.file is not known, or was forgotten");
		}
		try {
			return File.of(chosen.path(), chosen.name(), chosen.type());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Forget a file, on a thread that may wait for the disk.
	 */
	Mono<Void> forgetLater(String id) {
		return Mono.<Void>fromRunnable(() -> forget(id)).subscribeOn(Schedulers.boundedElastic());
	}

	private synchronized void forget(String id) {
		Chosen chosen = this.files.remove(id);
		if (chosen != null) {
			try {
				Files.deleteIfExists(chosen.path());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	@PreDestroy
	synchronized void close() throws IOException {
		if (this.directory != null) {
			FileSystemUtils.deleteRecursively(this.directory);
		}
	}

	private record Chosen(Path path, String name, String type) {

	}

}
