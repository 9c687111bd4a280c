package io.github.springxhr.mime;

/**
 * Decodes an encoding of one byte per character.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#single-byte-decoder">single-byte
 * decoder</a>
 */
final class SingleByteDecoder implements Decoder {

	private final char[] index;

	SingleByteDecoder(char[] index) {
		this.index = index;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, StringBuilder out) {
		for (int i = offset; i < offset + length; i++) {
			byte b = bytes[i];
			out.append((b >= 0) ? (char) b : this.index[b & 0x7F]);
		}
	}

	@Override
	public void finish(StringBuilder out) {
	}

}
