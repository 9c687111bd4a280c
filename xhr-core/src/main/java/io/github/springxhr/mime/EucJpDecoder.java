package io.github.springxhr.mime;

/**
 * Decodes EUC-JP with JIS X 0212.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#euc-jp-decoder">EUC-JP decoder</a>
 */
final class EucJpDecoder extends LeadTrailDecoder {

	static final MultiByteIndex JIS_0212 = MultiByteIndex.read("EUC-JP", 94 * 94,
			(pointer) -> new int[] { 0x8F, pointer / 94 + 0xA1, pointer % 94 + 0xA1 });

	private boolean jis0212;

	@Override
	int single(int b) {
		if (isAscii(b)) {
			return b;
		}
		return (b == 0x8E || b == 0x8F || in(b, 0xA1, 0xFE)) ? LEAD : ERROR;
	}

	@Override
	int pair(int lead, int trail) {
		if (lead == 0x8E && in(trail, 0xA1, 0xDF)) {
			return JisIndex.halfwidthKatakana(trail - 0xA1);
		}
		if (lead == 0x8F && in(trail, 0xA1, 0xFE)) {
			this.jis0212 = true;
			return LEAD;
		}
		MultiByteIndex index = this.jis0212 ? JIS_0212 : JisIndex.JIS_0208;
		this.jis0212 = false;
		boolean valid = in(lead, 0xA1, 0xFE) && in(trail, 0xA1, 0xFE);
		return valid ? index.get((lead - 0xA1) * 94 + trail - 0xA1) : ERROR;
	}

}
