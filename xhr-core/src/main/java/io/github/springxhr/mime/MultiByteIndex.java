package io.github.springxhr.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A table from pointers to code points, read from a JDK charset on first use and
 * corrected where the standard differs.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#indexes">indexes</a>
 */
final class MultiByteIndex {

	private final int[] codePoints;

	private MultiByteIndex(int[] codePoints) {
		this.codePoints = codePoints;
	}

	/**
	 * Reads a table.
	 * @param charsetName the JDK charset; if it is missing, the table is empty
	 * @param size the number of pointers
	 * @param bytesOf gives the bytes that stand for a pointer
	 * @return the table
	 */
	static MultiByteIndex read(String charsetName, int size, IntFunction<int[]> bytesOf) {
		int[] codePoints = new int[size];
		Arrays.fill(codePoints, ByteDecoder.ERROR);
		if (Charset.isSupported(charsetName)) {
			CharsetDecoder decoder = Charset.forName(charsetName).newDecoder();
			Arrays.setAll(codePoints, (pointer) -> decode(decoder, bytesOf.apply(pointer)));
		}
		return new MultiByteIndex(codePoints);
	}

	private static int decode(CharsetDecoder decoder, int[] values) {
		ByteBuffer bytes = ByteBuffer.allocate(values.length);
		for (int value : values) {
			bytes.put((byte) value);
		}
		CharBuffer chars = CharBuffer.allocate(values.length);
		boolean error = decoder.reset().decode(bytes.flip(), chars, true).isError();
		String text = chars.flip().toString();
		boolean valid = !error && text.codePoints().count() == 1;
		return valid ? text.codePointAt(0) : ByteDecoder.ERROR;
	}

	/**
	 * Removes code points.
	 * @param unwanted those to remove
	 * @return a new table
	 */
	MultiByteIndex without(IntPredicate unwanted) {
		return new MultiByteIndex(codePoints().map((c) -> unwanted.test(c) ? ByteDecoder.ERROR : c).toArray());
	}

	/**
	 * Corrects this table; if it is empty, for want of a charset, it stays so.
	 * @param corrections a decimal pointer, a colon, and the hexadecimal code points from
	 * there on; repeated
	 * @return a new table
	 */
	MultiByteIndex with(String corrections) {
		int[] corrected = this.codePoints.clone();
		for (String run : isEmpty() ? new String[0] : corrections.trim().split("\\s+")) {
			int colon = run.indexOf(':');
			int pointer = Integer.parseInt(run.substring(0, colon));
			for (String codePoint : run.substring(colon + 1).split(",")) {
				corrected[pointer++] = Integer.parseInt(codePoint, 16);
			}
		}
		return new MultiByteIndex(corrected);
	}

	/**
	 * Looks a pointer up.
	 * @param pointer the pointer, from 0 to any number
	 * @return the code point, or {@link ByteDecoder#ERROR} if there is none
	 */
	int get(int pointer) {
		return (pointer < this.codePoints.length) ? this.codePoints[pointer] : ByteDecoder.ERROR;
	}

	boolean isEmpty() {
		return codePoints().allMatch((c) -> c == ByteDecoder.ERROR);
	}

	IntStream codePoints() {
		return Arrays.stream(this.codePoints);
	}

	static boolean isPrivateUse(int codePoint) {
		return codePoint >= 0xE000 && codePoint <= 0xF8FF;
	}

}
