package io.github.springxhr.mime;

/**
 * The decoder of one encoding, for one stream of bytes. Knows nothing of byte order
 * marks; an error becomes U+FFFD.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#decoder">decoder</a>
 */
interface Decoder {

	/**
	 * What an error becomes.
	 */
	char REPLACEMENT = '\uFFFD';

	void decode(byte[] bytes, int offset, int length, StringBuilder out);

	void finish(StringBuilder out);

	static Decoder of(Encoding encoding) {
		return switch (encoding) {
			case UTF_8 -> new Utf8Decoder();
			case UTF_16BE -> new Utf16Decoder(true);
			case UTF_16LE -> new Utf16Decoder(false);
			case GBK, GB18030 -> new Gb18030Decoder();
			case BIG5 -> new Big5Decoder();
			case EUC_JP -> new EucJpDecoder();
			case ISO_2022_JP -> new Iso2022JpDecoder();
			case SHIFT_JIS -> new ShiftJisDecoder();
			case EUC_KR -> new EucKrDecoder();
			case REPLACEMENT -> new ReplacementDecoder();
			default -> new SingleByteDecoder(SingleByteIndex.of(encoding));
		};
	}

}
