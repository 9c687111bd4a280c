package io.github.springxhr.benchmarks.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The files that are sent. Their directory is a system property, as those that send them
 * are in several processes.
 */
public final class TestFiles {

	/** Name of the system property. */
	public static final String DIRECTORY = "benchmark.files";

	/** Length of the large file: 256 MiB. */
	public static final long LARGE = 256L << 20;

	/** Length of each of the small files: 64 KiB. */
	public static final int SMALL = 64 * 1024;

	/** How many small ones there are. */
	public static final int COUNT = 100;

	private TestFiles() {
	}

	/**
	 * Write all of them.
	 * @param directory where
	 * @throws IOException if that fails
	 */
	public static void write(Path directory) throws IOException {
		byte[] block = new byte[1 << 20];
		Arrays.fill(block, (byte) 'x');
		try (OutputStream large = Files.newOutputStream(directory.resolve("large"))) {
			for (long written = 0; written < LARGE; written += block.length) {
				large.write(block);
			}
		}
		for (int i = 0; i < COUNT; i++) {
			Files.write(directory.resolve("small" + i), Arrays.copyOf(block, SMALL));
		}
	}

	static Path large() {
		return directory().resolve("large");
	}

	static List<Path> small() {
		return IntStream.range(0, COUNT).mapToObj((i) -> directory().resolve("small" + i)).toList();
	}

	/** A file to receive into. */
	static Path target() {
		try {
			return Files.createTempFile(directory(), "received", null);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path directory() {
		return Path.of(System.getProperty(DIRECTORY));
	}

}
