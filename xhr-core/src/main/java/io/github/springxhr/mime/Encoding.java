package io.github.springxhr.mime;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The encodings of the WHATWG Encoding Standard with all their labels. Only decoding is
 * offered: what a client sends is UTF-8.
 * <p>
 * Text is decoded as the standard says, not as a JDK charset of the same name would: the
 * label {@code iso-8859-1} means windows-1252, GBK is gb18030, malformed bytes become
 * U+FFFD and never swallow an ASCII byte that follows. The mapping tables, however, are
 * read from the JDK's charsets and then corrected. On a runtime image without the
 * {@code jdk.charsets} module some of them are missing: see {@link #isSupported()}.
 *
 * @since 0.1.0
 * @see <a href="https://encoding.spec.whatwg.org/#encodings">encodings</a>
 */
public enum Encoding {

	/**
	 * UTF-8.
	 */
	UTF_8("UTF-8", "", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"),

	/**
	 * IBM866.
	 */
	IBM866("IBM866", "IBM866", "866 cp866 csibm866 ibm866"),

	/**
	 * ISO-8859-2.
	 */
	ISO_8859_2("ISO-8859-2", "ISO-8859-2",
			"csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 " + "latin2"),

	/**
	 * ISO-8859-3.
	 */
	ISO_8859_3("ISO-8859-3", "ISO-8859-3",
			"csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 " + "latin3"),

	/**
	 * ISO-8859-4.
	 */
	ISO_8859_4("ISO-8859-4", "ISO-8859-4",
			"csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 " + "latin4"),

	/**
	 * ISO-8859-5.
	 */
	ISO_8859_5("ISO-8859-5", "ISO-8859-5",
			"csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 " + "iso_8859-5:1988"),

	/**
	 * ISO-8859-6.
	 */
	ISO_8859_6("ISO-8859-6", "ISO-8859-6",
			"arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 "
					+ "iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"),

	/**
	 * ISO-8859-7.
	 */
	ISO_8859_7("ISO-8859-7", "ISO-8859-7",
			"csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 "
					+ "iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"),

	/**
	 * ISO-8859-8.
	 */
	ISO_8859_8("ISO-8859-8", "ISO-8859-8",
			"csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 "
					+ "iso88598 iso_8859-8 iso_8859-8:1988 visual"),

	/**
	 * ISO-8859-8-I.
	 */
	ISO_8859_8_I("ISO-8859-8-I", "ISO-8859-8", "csiso88598i iso-8859-8-i logical"),

	/**
	 * ISO-8859-10.
	 */
	ISO_8859_10("ISO-8859-10", "ISO-8859-1", "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"),

	/**
	 * ISO-8859-13.
	 */
	ISO_8859_13("ISO-8859-13", "ISO-8859-13", "iso-8859-13 iso8859-13 iso885913"),

	/**
	 * ISO-8859-14.
	 */
	ISO_8859_14("ISO-8859-14", "ISO-8859-1", "iso-8859-14 iso8859-14 iso885914"),

	/**
	 * ISO-8859-15.
	 */
	ISO_8859_15("ISO-8859-15", "ISO-8859-15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"),

	/**
	 * ISO-8859-16.
	 */
	ISO_8859_16("ISO-8859-16", "ISO-8859-16", "iso-8859-16"),

	/**
	 * KOI8-R.
	 */
	KOI8_R("KOI8-R", "KOI8-R", "cskoi8r koi koi8 koi8-r koi8_r"),

	/**
	 * KOI8-U.
	 */
	KOI8_U("KOI8-U", "KOI8-U", "koi8-ru koi8-u"),

	/**
	 * macintosh.
	 */
	MACINTOSH("macintosh", "x-MacRoman", "csmacintosh mac macintosh x-mac-roman"),

	/**
	 * windows-874.
	 */
	WINDOWS_874("windows-874", "x-windows-874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"),

	/**
	 * windows-1250.
	 */
	WINDOWS_1250("windows-1250", "windows-1250", "cp1250 windows-1250 x-cp1250"),

	/**
	 * windows-1251.
	 */
	WINDOWS_1251("windows-1251", "windows-1251", "cp1251 windows-1251 x-cp1251"),

	/**
	 * windows-1252.
	 */
	WINDOWS_1252("windows-1252", "windows-1252",
			"ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
					+ "iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"),

	/**
	 * windows-1253.
	 */
	WINDOWS_1253("windows-1253", "windows-1253", "cp1253 windows-1253 x-cp1253"),

	/**
	 * windows-1254.
	 */
	WINDOWS_1254("windows-1254", "windows-1254",
			"cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 "
					+ "iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254"),

	/**
	 * windows-1255.
	 */
	WINDOWS_1255("windows-1255", "windows-1255", "cp1255 windows-1255 x-cp1255"),

	/**
	 * windows-1256.
	 */
	WINDOWS_1256("windows-1256", "windows-1256", "cp1256 windows-1256 x-cp1256"),

	/**
	 * windows-1257.
	 */
	WINDOWS_1257("windows-1257", "windows-1257", "cp1257 windows-1257 x-cp1257"),

	/**
	 * windows-1258.
	 */
	WINDOWS_1258("windows-1258", "windows-1258", "cp1258 windows-1258 x-cp1258"),

	/**
	 * x-mac-cyrillic.
	 */
	X_MAC_CYRILLIC("x-mac-cyrillic", "x-MacUkraine", "x-mac-cyrillic x-mac-ukrainian"),

	/**
	 * GBK, which decodes as gb18030 does.
	 */
	GBK("GBK", "GB18030", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"),

	/**
	 * gb18030.
	 */
	GB18030("gb18030", "GB18030", "gb18030"),

	/**
	 * Big5.
	 */
	BIG5("Big5", "Big5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"),

	/**
	 * EUC-JP.
	 */
	EUC_JP("EUC-JP", "windows-31j EUC-JP", "cseucpkdfmtjapanese euc-jp x-euc-jp"),

	/**
	 * ISO-2022-JP.
	 */
	ISO_2022_JP("ISO-2022-JP", "windows-31j", "csiso2022jp iso-2022-jp"),

	/**
	 * Shift_JIS.
	 */
	SHIFT_JIS("Shift_JIS", "windows-31j", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"),

	/**
	 * EUC-KR.
	 */
	EUC_KR("EUC-KR", "x-windows-949",
			"cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
					+ "ksc_5601 windows-949"),

	/**
	 * replacement.
	 */
	REPLACEMENT("replacement", "", "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement"),

	/**
	 * UTF-16BE.
	 */
	UTF_16BE("UTF-16BE", "", "unicodefffe utf-16be"),

	/**
	 * UTF-16LE.
	 */
	UTF_16LE("UTF-16LE", "", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"),

	/**
	 * x-user-defined.
	 */
	X_USER_DEFINED("x-user-defined", "", "x-user-defined");

	private final String name;

	private final String jdkCharsets;

	private final String labels;

	Encoding(String name, String jdkCharsets, String labels) {
		this.name = name;
		this.jdkCharsets = jdkCharsets;
		this.labels = labels;
	}

	/**
	 * Finds an encoding by a label, such as the value of a {@code charset} parameter.
	 * Case and ASCII whitespace around the label do not matter.
	 * @param label the label
	 * @return the encoding, or {@code null} if the label is none of the standard's; also
	 * found if it is not {@link #isSupported() supported} here
	 * @see <a href="https://encoding.spec.whatwg.org/#concept-encoding-get">get an
	 * encoding</a>
	 */
	public static @Nullable Encoding forLabel(String label) {
		return Labels.ENCODINGS.get(Ascii.toLowerCase(StringCursor.trim(label, Ascii::isWhitespace)));
	}

	/**
	 * Finds the encoding that a MIME type's {@code charset} parameter asks for.
	 * @param mimeType the MIME type, or {@code null} for failure
	 * @param fallback what to return if there is no such parameter or its value is no
	 * label
	 * @return the encoding
	 * @see <a href="https://fetch.spec.whatwg.org/#legacy-extract-an-encoding">legacy
	 * extract an encoding</a>
	 */
	public static Encoding legacyExtract(@Nullable MimeType mimeType, Encoding fallback) {
		String label = (mimeType != null) ? mimeType.getParameter("charset") : null;
		Encoding encoding = (label != null) ? forLabel(label) : null;
		return (encoding != null) ? encoding : fallback;
	}

	/**
	 * Decodes a whole body as UTF-8, whatever byte order mark it has; that of UTF-8 is
	 * removed. This is what JSON wants.
	 * @param bytes holds the body
	 * @param offset where it starts
	 * @param length its length in bytes
	 * @return the text
	 * @see <a href="https://encoding.spec.whatwg.org/#utf-8-decode">UTF-8 decode</a>
	 */
	public static String utf8Decode(byte[] bytes, int offset, int length) {
		int bom = (ByteOrderMark.sniff(bytes, offset, length) == UTF_8) ? ByteOrderMark.length(UTF_8) : 0;
		return Utf8Decoder.decodeAll(bytes, offset + bom, length - bom);
	}

	/**
	 * Decodes a whole body with this encoding unless it has a byte order mark, which has
	 * the last word and is removed.
	 * @param bytes holds the body
	 * @param offset where it starts
	 * @param length its length in bytes
	 * @return the text
	 * @see <a href="https://encoding.spec.whatwg.org/#decode">decode</a>
	 * @see TextDecoder
	 */
	public String decode(byte[] bytes, int offset, int length) {
		Encoding bom = ByteOrderMark.sniff(bytes, offset, length);
		if (bom == UTF_8 || (bom == null && this == UTF_8)) {
			return utf8Decode(bytes, offset, length);
		}
		Decoder decoder = Decoder.of((bom != null) ? bom : this);
		StringBuilder out = new StringBuilder(length);
		int start = ByteOrderMark.length(bom);
		decoder.decode(bytes, offset + start, length - start, out);
		decoder.finish(out);
		return out.toString();
	}

	/**
	 * Returns the standard's name for this encoding.
	 * @return for instance {@code UTF-8} or {@code windows-1252}
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Tells whether this Java runtime has the tables for this encoding. That is so for
	 * all encodings of a JDK. A runtime image made without the {@code jdk.charsets}
	 * module may lack Chinese, Japanese and Korean encodings and a few single-byte ones.
	 * To decode with one that is not supported is no error: the characters that only it
	 * could tell become U+FFFD, ASCII is still read.
	 * @return whether it is supported
	 */
	public boolean isSupported() {
		return jdkCharsets().allMatch(Charset::isSupported);
	}

	/**
	 * Returns the JDK charsets from which this encoding's tables are made.
	 * @return their names; empty if none is needed
	 */
	Stream<String> jdkCharsets() {
		return Stream.of(this.jdkCharsets.split(" ")).filter((charset) -> !charset.isEmpty());
	}

	/**
	 * Returns the encoding to use if a document names this one in ASCII characters: it
	 * then cannot be UTF-16.
	 * @return UTF-8 instead of UTF-16, else this encoding
	 */
	Encoding asDeclaredInAscii() {
		return (this == UTF_16BE || this == UTF_16LE) ? UTF_8 : this;
	}

	/**
	 * Returns the standard's name for this encoding.
	 * @return the name
	 */
	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * All labels, made on first use: an enum's constructor cannot fill a static map.
	 */
	private static final class Labels {

		private static final Map<String, Encoding> ENCODINGS = new HashMap<>();

		static {
			for (Encoding encoding : values()) {
				for (String label : encoding.labels.split(" ")) {
					ENCODINGS.put(label, encoding);
				}
			}
		}

		private Labels() {
		}

	}

}
