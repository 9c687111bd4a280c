package io.github.springxhr;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends a file and receives as much as a blob, in a JVM with a small heap. Prints a line
 * for each.
 */
final class LargeTransferMain {

	private LargeTransferMain() {
	}

	public static void main(String[] args) throws Exception {
		long size = Long.parseLong(args[1]);
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).baseUrl(args[0]).build()) {
			upload(factory, Path.of(args[2]), size);
			download(factory, size);
		}
	}

	private static void upload(XhrFactory factory, Path path, long size) throws Exception {
		XMLHttpRequest xhr = factory.create();
		Progress progress = new Progress();
		xhr.getUpload().setOnprogress((event) -> progress.next(event.getLoaded(), event.getTotal()));
		xhr.open("POST", "upload");
		xhr.sendAsync(File.of(path)).get();
		print("upload", xhr.getStatus(), progress, size);
	}

	private static void download(XhrFactory factory, long size) throws Exception {
		XMLHttpRequest xhr = factory.create(XhrOptions.DEFAULTS.maxResponseSize(DataSize.ofBytes(size)));
		Progress progress = new Progress();
		xhr.setOnprogress((event) -> progress.next(event.getLoaded(), event.getTotal()));
		xhr.setResponseType(XMLHttpRequestResponseType.BLOB);
		xhr.open("GET", "download");
		xhr.sendAsync(null).get();
		try (Blob blob = (Blob) xhr.getResponse()) {
			print("download", (blob.getSize() == size) ? xhr.getStatus() : -1, progress, size);
		}
	}

	private static void print(String what, int status, Progress progress, long size) {
		System.out.println(what + " " + status + " " + progress.isCorrect(size));
	}

	private static final class Progress {

		private final AtomicLong last = new AtomicLong();

		private volatile boolean monotonic = true;

		private volatile long total;

		void next(long loaded, long total) {
			this.total = total;
			if (this.last.getAndSet(loaded) > loaded) {
				this.monotonic = false;
			}
		}

		boolean isCorrect(long size) {
			return this.monotonic && this.total == size && this.last.get() == size;
		}

	}

}
