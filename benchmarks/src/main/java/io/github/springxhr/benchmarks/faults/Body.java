package io.github.springxhr.benchmarks.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * As much of a body as is looked at.
 *
 * @param length how many bytes have been read
 * @param start its first bytes
 * @param endless whether reading was given up, as no limit of the client had ended it
 */
record Body(long length, String start, boolean endless) {

	/** Up to which length a text is shown. */
	static final int SHORT = 20;

	/** How much is read of a client that has no limit of its own. */
	static final long MOST = 16 << 20;

	static final int BLOCK = 64 * 1024;

	static Body of(byte @Nullable [] bytes) {
		return (bytes != null) ? new Body(bytes.length, start(bytes, bytes.length), false) : new Body(0, "", false);
	}

	static Body of(InputStream stream) throws IOException {
		byte[] block = new byte[BLOCK];
		String start = "";
		long length = 0;
		for (int count = stream.read(block); count >= 0; count = stream.read(block)) {
			start = start.isEmpty() ? start(block, count) : more(start, block, count);
			length += count;
			if (length > MOST) {
				return new Body(length, start, true);
			}
		}
		return new Body(length, start, false);
	}

	static String start(byte[] bytes, int length) {
		return new String(bytes, 0, Math.min(length, SHORT), StandardCharsets.ISO_8859_1);
	}

	static String more(String start, byte[] bytes, int length) {
		return (start.length() < SHORT) ? start + start(bytes, length) : start;
	}

	@Override
	public String toString() {
		if (this.endless) {
			return (MOST >> 20) + " MiB";
		}
		if (this.length == 0) {
			return "no body";
		}
		return (this.length < SHORT && this.start.chars().allMatch((character) -> character >= ' ' && character < 127))
				? '"' + this.start + '"' : this.length + " bytes";
	}

}
