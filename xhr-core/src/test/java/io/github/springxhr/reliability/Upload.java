package io.github.springxhr.reliability;

import java.util.List;

/**
 * The body of a request, as its source gives it.
 *
 * @param parts what comes out of the source, one after the other
 * @param fails whether the source fails after that
 * @param length the length that is said before, or -1 for none
 */
public record Upload(List<byte[]> parts, boolean fails, long length) {

	/**
	 * Make a body without a fault of its own.
	 * @param bytes the body
	 * @return the upload
	 */
	public static Upload of(byte[] bytes) {
		return new Upload(List.of(bytes), false, bytes.length);
	}

	/**
	 * Return whether the source gives what it says.
	 * @return whether the body is there in whole
	 */
	public boolean isSound() {
		return !this.fails && this.length == this.parts.stream().mapToLong((part) -> part.length).sum();
	}

}
