package io.github.springxhr.mime;

/**
 * Decodes UTF-16 of either byte order. A surrogate without its other half becomes U+FFFD.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#shared-utf-16-decoder">shared UTF-16
 * decoder</a>
 */
final class Utf16Decoder extends ByteDecoder {

	private static final int NONE = -1;

	private final boolean bigEndian;

	private int leadingByte = NONE;

	private int leadingSurrogate = NONE;

	Utf16Decoder(boolean bigEndian) {
		this.bigEndian = bigEndian;
	}

	@Override
	void handle(int b, StringBuilder out) {
		if (this.leadingByte == NONE) {
			this.leadingByte = b;
			return;
		}
		int codeUnit = this.bigEndian ? (this.leadingByte << 8) | b : (b << 8) | this.leadingByte;
		this.leadingByte = NONE;
		handleCodeUnit((char) codeUnit, out);
	}

	private void handleCodeUnit(char codeUnit, StringBuilder out) {
		if (this.leadingSurrogate != NONE) {
			char leading = (char) this.leadingSurrogate;
			this.leadingSurrogate = NONE;
			if (Character.isLowSurrogate(codeUnit)) {
				out.append(leading).append(codeUnit);
				return;
			}
			out.append(REPLACEMENT);
		}
		if (Character.isHighSurrogate(codeUnit)) {
			this.leadingSurrogate = codeUnit;
		}
		else {
			out.append(Character.isLowSurrogate(codeUnit) ? REPLACEMENT : codeUnit);
		}
	}

	@Override
	public void finish(StringBuilder out) {
		if (this.leadingByte != NONE || this.leadingSurrogate != NONE) {
			this.leadingByte = NONE;
			this.leadingSurrogate = NONE;
			out.append(REPLACEMENT);
		}
	}

}
