package io.github.springxhr.coding;

import io.github.springxhr.coding.ContentCodingException.Reason;

/**
 * How many bytes a layer may produce. What comes out between two codings may be a little
 * larger than the body itself.
 * <p>
 * Deviation: the standard has no limits. A peer must not fill the memory, nor keep a
 * processor busy, with a few bytes.
 */
final class CodingLimits {

	private static final long RATIO = 1000;

	private static final long RATIO_APPLIES_ABOVE = 1024 * 1024;

	private static final long SLACK = 64 * 1024;

	private final long maxSize;

	CodingLimits(long maxSize) {
		if (maxSize < 0) {
			throw new IllegalArgumentException("The limit must not be negative");
		}
		this.maxSize = maxSize;
	}

	/**
	 * Check what one layer has produced so far.
	 * @param decoded the number of bytes it has produced
	 * @param received the number of bytes that came over the network, which counts for
	 * every layer: a stack of codings multiplies what each of them does
	 * @param last whether this is the layer that produces the body
	 */
	void check(long decoded, long received, boolean last) throws ContentCodingException {
		if (decoded > (last ? this.maxSize : maxBetween())) {
			throw new ContentCodingException(Reason.TOO_LARGE);
		}
		if (decoded > RATIO_APPLIES_ABOVE && decoded > received * RATIO) {
			throw new ContentCodingException(Reason.RATIO);
		}
	}

	private long maxBetween() {
		return (this.maxSize < Long.MAX_VALUE / 4) ? 2 * this.maxSize + SLACK : Long.MAX_VALUE;
	}

}
