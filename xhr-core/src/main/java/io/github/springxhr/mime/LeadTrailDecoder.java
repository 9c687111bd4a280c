package io.github.springxhr.mime;

/**
 * A decoder of characters that are one byte, or a lead and a trail byte.
 */
abstract class LeadTrailDecoder extends ByteDecoder {

	/**
	 * Instead of a code point: the byte leads a character.
	 */
	static final int LEAD = -2;

	private int lead;

	/**
	 * Maps a byte that does not follow a lead byte.
	 * @param b the byte
	 * @return a code point, {@link #LEAD} or {@link #ERROR}
	 */
	abstract int single(int b);

	/**
	 * Maps a lead byte with the byte behind it.
	 * @param lead the lead byte
	 * @param trail the byte behind it, any
	 * @return a code point, {@link #ERROR}, or {@link #LEAD} if one more is needed
	 */
	abstract int pair(int lead, int trail);

	@Override
	final void handle(int b, StringBuilder out) {
		int previous = this.lead;
		this.lead = 0;
		int codePoint = (previous != 0) ? pair(previous, b) : single(b);
		if (codePoint == LEAD) {
			this.lead = b;
			return;
		}
		append(codePoint, out);
		if (codePoint == ERROR && previous != 0 && isAscii(b)) {
			handle(b, out);
		}
	}

	@Override
	public final void finish(StringBuilder out) {
		if (this.lead != 0) {
			this.lead = 0;
			append(ERROR, out);
		}
	}

}
