package io.github.springxhr.mime;

/**
 * Decodes EUC-KR, which is windows-949.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#euc-kr-decoder">EUC-KR decoder</a>
 */
final class EucKrDecoder extends LeadTrailDecoder {

	static final MultiByteIndex INDEX = MultiByteIndex
		.read("x-windows-949", 126 * 190, (pointer) -> new int[] { pointer / 190 + 0x81, pointer % 190 + 0x41 })
		.without(MultiByteIndex::isPrivateUse);

	@Override
	int single(int b) {
		if (isAscii(b)) {
			return b;
		}
		return in(b, 0x81, 0xFE) ? LEAD : ERROR;
	}

	@Override
	int pair(int lead, int trail) {
		return in(trail, 0x41, 0xFE) ? INDEX.get((lead - 0x81) * 190 + trail - 0x41) : ERROR;
	}

}
