package io.github.springxhr.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import io.github.springxhr.http.Internal;
import io.github.springxhr.http.RequestBody;

import org.springframework.util.Assert;

/**
 * A file in the temporary directory that takes bytes and becomes a blob. Only its owner
 * can read it. It is deleted by {@link #close()}, or when neither it nor a blob of its
 * bytes (a slice, or one that holds it as a part) is reachable, or when the JVM ends.
 *
 * <h2>Concurrency</h2> Written by one thread at a time; {@link #close()} may be called by
 * any.
 *
 * @since 0.1.0
 */
@Internal
public final class TemporaryFile implements AutoCloseable {

	private static final Cleaner CLEANER = Cleaner.create();

	private final Deletion deletion;

	private final Cleaner.Cleanable cleanable;

	private long size;

	private TemporaryFile(Path path, FileChannel channel) {
		this.deletion = new Deletion(path, channel);
		this.cleanable = CLEANER.register(this, this.deletion);
	}

	/**
	 * Create an empty file.
	 * @return the file
	 * @throws IOException if it cannot be created
	 */
	public static TemporaryFile create() throws IOException {
		Path path = createFile();
		LeftoverFiles.add(path);
		try {
			return new TemporaryFile(path, FileChannel.open(path, StandardOpenOption.WRITE));
		}
		catch (IOException ex) {
			Deletion.delete(path);
			throw ex;
		}
	}

	private static Path createFile() throws IOException {
		try {
			FileAttribute<?> ownerOnly = PosixFilePermissions
				.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
			return Files.createTempFile("xhr-", ".tmp", ownerOnly);
		}
		catch (UnsupportedOperationException ex) {
			// not a POSIX system; its temporary directory is the user's own
			return Files.createTempFile("xhr-", ".tmp");
		}
	}

	/**
	 * Append bytes.
	 * @param bytes holds them; what remains is written
	 * @throws IOException if they cannot be written, or the file has become a blob
	 */
	public void append(ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			this.size += this.deletion.channel.write(bytes);
		}
	}

	/**
	 * Append bytes.
	 * @param bytes holds them
	 * @param offset where they start
	 * @param length how many they are
	 * @throws IOException if they cannot be written, or the file has become a blob
	 */
	public void append(byte[] bytes, int offset, int length) throws IOException {
		append(ByteBuffer.wrap(bytes, offset, length));
	}

	/**
	 * Return how much has been written.
	 * @return the number of bytes
	 */
	public long size() {
		return this.size;
	}

	/**
	 * End the writing and make the file a blob.
	 * @param type the blob's type, which is taken as it is
	 * @return the blob, whose {@code close()} deletes the file
	 */
	public Blob toBlob(String type) {
		Assert.state(!this.deletion.done, "the file has been deleted");
		try {
			this.deletion.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The temporary file cannot be written", ex);
		}
		return new Blob(new RequestBody.FileRegion(this.deletion.path, 0, this.size, this), type, this);
	}

	/**
	 * Return where the file is.
	 * @return the path, valid while this object is reachable
	 */
	Path path() {
		return this.deletion.path;
	}

	/**
	 * Delete the file.
	 */
	@Override
	public void close() {
		this.cleanable.clean();
		Reference.reachabilityFence(this);
	}

	/**
	 * What is to be done at the end. Must not refer to the file object.
	 */
	private static final class Deletion implements Runnable {

		private final Path path;

		private final FileChannel channel;

		private volatile boolean done;

		Deletion(Path path, FileChannel channel) {
			this.path = path;
			this.channel = channel;
		}

		@Override
		public void run() {
			this.done = true;
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// it is deleted anyway
			}
			delete(this.path);
		}

		/** A file that cannot be deleted now is tried again when the JVM ends. */
		static void delete(Path path) {
			try {
				Files.deleteIfExists(path);
				LeftoverFiles.remove(path);
			}
			catch (IOException ex) {
				// it stays in the list
			}
		}

	}

}
