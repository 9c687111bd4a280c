package io.github.springxhr.form;

import java.io.ByteArrayOutputStream;
import java.util.Map.Entry;

import io.github.springxhr.http.ScalarValues;
import io.github.springxhr.mime.Encoding;

/**
 * Reads and writes {@code application/x-www-form-urlencoded}.
 *
 * @see <a href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">URL
 * Standard, application/x-www-form-urlencoded</a>
 */
final class UrlEncoded {

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private UrlEncoded() {
	}

	/**
	 * The parser.
	 * @see <a href="https://url.spec.whatwg.org/#concept-urlencoded-string-parser">
	 * string parser</a>
	 */
	static void parse(String input, EntryList<String> output) {
		for (String sequence : input.split("&")) {
			if (!sequence.isEmpty()) {
				int equals = sequence.indexOf('=');
				String name = (equals < 0) ? sequence : sequence.substring(0, equals);
				String value = (equals < 0) ? "" : sequence.substring(equals + 1);
				output.append(decode(name), decode(value));
			}
		}
	}

	/** Decodes as UTF-8 and leaves a byte order mark where it is. */
	private static String decode(String encoded) {
		byte[] bytes = percentDecode(ScalarValues.utf8Encode(encoded.replace('+', ' ')));
		boolean mark = bytes.length >= 3 && (bytes[0] & 0xFF) == 0xEF && (bytes[1] & 0xFF) == 0xBB
				&& (bytes[2] & 0xFF) == 0xBF;
		return (mark ? "\uFEFF" : "") + Encoding.utf8Decode(bytes, 0, bytes.length);
	}

	/**
	 * Percent-decode.
	 * @see <a href="https://url.spec.whatwg.org/#percent-decode">percent-decode</a>
	 */
	private static byte[] percentDecode(byte[] input) {
		ByteArrayOutputStream output = new ByteArrayOutputStream(input.length);
		for (int i = 0; i < input.length; i++) {
			int high = (input[i] == '%' && i + 2 < input.length) ? hexDigit(input[i + 1]) : -1;
			int low = (high >= 0) ? hexDigit(input[i + 2]) : -1;
			if (low >= 0) {
				output.write((high << 4) | low);
				i += 2;
			}
			else {
				output.write(input[i]);
			}
		}
		return output.toByteArray();
	}

	private static int hexDigit(byte b) {
		return (b >= 0) ? Character.digit((char) b, 16) : -1;
	}

	/**
	 * The serializer.
	 * @see <a href="https://url.spec.whatwg.org/#concept-urlencoded-serializer">
	 * serializer</a>
	 */
	static String serialize(EntryList<String> tuples) {
		StringBuilder output = new StringBuilder();
		for (Entry<String, String> tuple : tuples) {
			if (!output.isEmpty()) {
				output.append('&');
			}
			encode(tuple.getKey(), output);
			output.append('=');
			encode(tuple.getValue(), output);
		}
		return output.toString();
	}

	private static void encode(String string, StringBuilder output) {
		for (byte b : ScalarValues.utf8Encode(string)) {
			if (isUnreserved(b)) {
				output.append((char) b);
			}
			else if (b == ' ') {
				output.append('+');
			}
			else {
				output.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
			}
		}
	}

	/**
	 * Return whether a byte is outside the percent-encode set.
	 * @see <a href=
	 * "https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set">
	 * application/x-www-form-urlencoded percent-encode set</a>
	 */
	private static boolean isUnreserved(byte b) {
		return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '*' || b == '-'
				|| b == '.' || b == '_';
	}

}
