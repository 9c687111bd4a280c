package io.github.springxhr;

import java.io.IOException;

import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.FormBodies;
import io.github.springxhr.form.TemporaryFile;
import org.jspecify.annotations.Nullable;

/**
 * The received bytes of a response that becomes a blob: in memory while they are few, in
 * a temporary file when they are many.
 *
 * <h2>Concurrency</h2> Written by the lane only; {@link #toBlob} is called when no more
 * bytes come.
 */
final class SpooledBytes {

	/** What is smaller is not worth a file. */
	private static final int MEMORY_LIMIT = 1024 * 1024;

	private final ReceivedBytes memory;

	private @Nullable TemporaryFile file;

	private byte[] scratch = new byte[0];

	SpooledBytes(long expectedLength) {
		this.memory = new ReceivedBytes((expectedLength <= MEMORY_LIMIT) ? expectedLength : 0);
	}

	void append(BodyChunk chunk) throws IOException {
		if (this.file == null && this.memory.length() + chunk.length() <= MEMORY_LIMIT) {
			this.memory.show(this.memory.append(chunk));
			return;
		}
		if (this.file == null) {
			this.file = TemporaryFile.create();
			this.file.append(this.memory.array(), 0, this.memory.length());
		}
		if (this.scratch.length < chunk.length()) {
			this.scratch = new byte[chunk.length()];
		}
		chunk.copyTo(this.scratch, 0);
		this.file.append(this.scratch, 0, chunk.length());
	}

	Blob toBlob(String type) {
		this.scratch = new byte[0];
		return (this.file != null) ? this.file.toBlob(type) : FormBodies.toBlob(this.memory.toArray(), type);
	}

	boolean isInFile() {
		return this.file != null;
	}

	/**
	 * Delete the file.
	 */
	void discard() {
		if (this.file != null) {
			this.file.close();
		}
	}

}
