package io.github.springxhr.mime;

/**
 * Decodes Shift_JIS with the extensions of Windows.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#shift_jis-decoder">Shift_JIS
 * decoder</a>
 */
final class ShiftJisDecoder extends LeadTrailDecoder {

	private static final int FIRST_USER_DEFINED = 8836;

	private static final int LAST_USER_DEFINED = 10715;

	@Override
	int single(int b) {
		if (b <= 0x80) {
			return b;
		}
		if (in(b, 0xA1, 0xDF)) {
			return JisIndex.halfwidthKatakana(b - 0xA1);
		}
		return (in(b, 0x81, 0x9F) || in(b, 0xE0, 0xFC)) ? LEAD : ERROR;
	}

	@Override
	int pair(int lead, int trail) {
		if (!in(trail, 0x40, 0x7E) && !in(trail, 0x80, 0xFC)) {
			return ERROR;
		}
		int row = lead - ((lead < 0xA0) ? 0x81 : 0xC1);
		int pointer = row * 188 + trail - ((trail < 0x7F) ? 0x40 : 0x41);
		if (in(pointer, FIRST_USER_DEFINED, LAST_USER_DEFINED)) {
			return 0xE000 + pointer - FIRST_USER_DEFINED;
		}
		return JisIndex.JIS_0208.get(pointer);
	}

}
