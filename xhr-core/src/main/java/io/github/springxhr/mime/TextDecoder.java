package io.github.springxhr.mime;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Decodes a body that arrives in pieces. However it is cut, the text is that of
 * {@link Encoding#decode(byte[], int, int)} for the whole. A character (or byte order
 * mark) that is not yet complete is kept back: it becomes text with the bytes that
 * complete it, or U+FFFD in {@link #finish()}. Malformed bytes become U+FFFD, never an
 * error.
 * <p>
 * <b>Concurrency.</b> Not thread-safe; a decoder is for one body.
 *
 * @since 0.1.0
 * @see <a href="https://encoding.spec.whatwg.org/#decode">decode</a>
 */
public final class TextDecoder {

	private final Encoding fallback;

	private final byte[] head = new byte[3];

	private int headLength;

	private @Nullable Encoding encoding;

	private @Nullable Decoder decoder;

	/**
	 * Creates a decoder.
	 * @param fallback the encoding to use if the body has no byte order mark
	 */
	public TextDecoder(Encoding fallback) {
		this.fallback = Objects.requireNonNull(fallback, "fallback");
	}

	/**
	 * Decodes the next piece of the body.
	 * @param bytes holds the piece; not kept
	 * @param offset where it starts
	 * @param length its length in bytes
	 * @return the text that this piece completes; may be empty
	 * @throws IndexOutOfBoundsException if the array has no such range
	 */
	public String decode(byte[] bytes, int offset, int length) {
		StringBuilder out = new StringBuilder(length);
		decode(bytes, offset, length, out);
		return out.toString();
	}

	/**
	 * Decodes the next piece of the body and appends its text.
	 * @param bytes holds the piece; not kept
	 * @param offset where it starts
	 * @param length its length in bytes
	 * @param out takes the text that this piece completes
	 * @throws IndexOutOfBoundsException if the array has no such range
	 */
	public void decode(byte[] bytes, int offset, int length, StringBuilder out) {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		int position = offset;
		int end = offset + length;
		while (this.decoder == null && position < end) {
			this.head[this.headLength++] = bytes[position++];
			if (!ByteOrderMark.isUndecided(this.head, this.headLength)) {
				start(out);
			}
		}
		if (this.decoder != null) {
			this.decoder.decode(bytes, position, end - position, out);
		}
	}

	/**
	 * Ends the body.
	 * @return U+FFFD if it ended within a character, else mostly nothing
	 */
	public String finish() {
		StringBuilder out = new StringBuilder();
		finish(out);
		return out.toString();
	}

	/**
	 * Ends the body.
	 * @param out takes the rest of the text
	 */
	public void finish(StringBuilder out) {
		Decoder current = (this.decoder != null) ? this.decoder : start(out);
		current.finish(out);
	}

	/**
	 * Returns the encoding that is used.
	 * @return that of the byte order mark if there is one, else the fallback; the
	 * fallback also while too few bytes have been seen
	 */
	public Encoding getEncoding() {
		return (this.encoding != null) ? this.encoding : this.fallback;
	}

	private Decoder start(StringBuilder out) {
		Encoding mark = ByteOrderMark.sniff(this.head, 0, this.headLength);
		this.encoding = (mark != null) ? mark : this.fallback;
		Decoder started = Decoder.of(this.encoding);
		this.decoder = started;
		int skipped = ByteOrderMark.length(mark);
		started.decode(this.head, skipped, this.headLength - skipped, out);
		return started;
	}

}
