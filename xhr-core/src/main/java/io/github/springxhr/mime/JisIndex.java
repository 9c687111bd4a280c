package io.github.springxhr.mime;

/**
 * What the Japanese encodings share.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#index-jis0208">index jis0208</a>
 */
final class JisIndex {

	static final MultiByteIndex JIS_0208 = MultiByteIndex.read("windows-31j", 60 * 188, JisIndex::shiftJis)
		.without(MultiByteIndex::isPrivateUse);

	private JisIndex() {
	}

	static int halfwidthKatakana(int offset) {
		return 0xFF61 + offset;
	}

	private static int[] shiftJis(int pointer) {
		int lead = pointer / 188;
		int trail = pointer % 188;
		return new int[] { lead + ((lead < 0x1F) ? 0x81 : 0xC1), trail + ((trail < 0x3F) ? 0x40 : 0x41) };
	}

}
