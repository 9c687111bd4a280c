package io.github.springxhr.mime;

/**
 * Turns a body, unless it is empty, into one U+FFFD: for encodings that are not safe to
 * decode.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#replacement-decoder">replacement
 * decoder</a>
 */
final class ReplacementDecoder implements Decoder {

	private boolean errorReturned;

	@Override
	public void decode(byte[] bytes, int offset, int length, StringBuilder out) {
		if (length > 0 && !this.errorReturned) {
			this.errorReturned = true;
			out.append(REPLACEMENT);
		}
	}

	@Override
	public void finish(StringBuilder out) {
	}

}
