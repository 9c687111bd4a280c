package io.github.springxhr.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables of the single-byte encodings: what the bytes 0x80 to 0xFF mean. Read from
 * the JDK's charsets on first use and corrected where the standard differs: it has no
 * undefined bytes below 0xA0, they are control characters.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#index-single-byte">index
 * single-byte</a>
 */
final class SingleByteIndex {

	private static final int SIZE = 128;

	private static final int CONTROLS = 0x20;

	/**
	 * Not known to the JDK: the differences from ISO-8859-1.
	 */
	private static final String ISO_8859_10 = """
			A1:0104,0112,0122,012A,0128,0136 A8:013B,0110,0160,0166,017D AE:016A,014A
			B1:0105,0113,0123,012B,0129,0137 B8:013C,0111,0161,0167,017E,2015,016B,014B,0100
			C7:012E,010C CA:0118 CC:0116 D1:0145,014C D7:0168 D9:0172 E0:0101 E7:012F,010D EA:0119
			EC:0117 F1:0146,014D F7:0169 F9:0173 FF:0138
			""";

	/**
	 * Not known to the JDK: the differences from ISO-8859-1.
	 */
	private static final String ISO_8859_14 = """
			A1:1E02,1E03 A4:010A,010B,1E0A A8:1E80 AA:1E82,1E0B,1EF2
			AF:0178,1E1E,1E1F,0120,0121,1E40,1E41 B7:1E56,1E81,1E57,1E83,1E60,1EF3,1E84,1E85,1E61
			D0:0174 D7:1E6A DE:0176 F0:0175 F7:1E6B FE:0177
			""";

	private static final Map<Encoding, String> CORRECTIONS = Map.of(Encoding.ISO_8859_10, ISO_8859_10,
			Encoding.ISO_8859_14, ISO_8859_14, Encoding.KOI8_U, "AE:045E BE:040E", Encoding.WINDOWS_1255, "CA:05BA",
			Encoding.X_MAC_CYRILLIC, "FF:20AC");

	private static final Map<Encoding, char[]> INDEXES = new ConcurrentHashMap<>();

	private SingleByteIndex() {
	}

	/**
	 * Returns the table of an encoding.
	 * @param encoding the encoding; one that has a JDK charset or is x-user-defined
	 * @return 128 characters, U+FFFD for a byte without one; not to be changed
	 */
	static char[] of(Encoding encoding) {
		return INDEXES.computeIfAbsent(encoding, SingleByteIndex::create);
	}

	private static char[] create(Encoding encoding) {
		char[] index = (encoding != Encoding.X_USER_DEFINED) ? read(encoding) : userDefined();
		for (String run : CORRECTIONS.getOrDefault(encoding, "").split("\\s+")) {
			int colon = run.indexOf(':');
			if (colon > 0) {
				int position = Integer.parseInt(run.substring(0, colon), 16) - SIZE;
				for (String codePoint : run.substring(colon + 1).split(",")) {
					index[position++] = (char) Integer.parseInt(codePoint, 16);
				}
			}
		}
		return index;
	}

	private static char[] read(Encoding encoding) {
		byte[] bytes = new byte[SIZE];
		for (int i = 0; i < SIZE; i++) {
			bytes[i] = (byte) (SIZE + i);
		}
		Charset charset = encoding.jdkCharsets()
			.filter(Charset::isSupported)
			.map(Charset::forName)
			.findFirst()
			.orElse(StandardCharsets.US_ASCII);
		char[] index = new String(bytes, charset).toCharArray();
		for (int i = 0; i < CONTROLS; i++) {
			if (index[i] == Decoder.REPLACEMENT && charset != StandardCharsets.US_ASCII) {
				index[i] = (char) (SIZE + i);
			}
		}
		return index;
	}

	/**
	 * See
	 * <a href= "https://encoding.spec.whatwg.org/#x-user-defined-decoder">x-user-defined
	 * decoder</a>.
	 * @return private use characters
	 */
	private static char[] userDefined() {
		char[] index = new char[SIZE];
		for (int i = 0; i < SIZE; i++) {
			index[i] = (char) (0xF780 + i);
		}
		return index;
	}

}
