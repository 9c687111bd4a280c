package io.github.springxhr.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The percent-encode sets of the URL Standard that the parser of a library leaves to us.
 *
 * @see <a href="https://url.spec.whatwg.org/#percent-encoded-bytes">URL Standard,
 * percent-encoded bytes</a>
 */
final class PercentEncoding {

	private static final String QUERY_SET = " \"#<>";

	private static final String SPECIAL_QUERY_SET = " \"#<>'";

	private static final String PATH_SET = " \"#<>?^`{}";

	private static final String FRAGMENT_SET = " \"<>`";

	private static final String USERINFO_SET = " \"#<>?`{}/:;=@[\\]^|";

	/** What the standard leaves in a path or query and {@link java.net.URI} refuses. */
	private static final String JAVA_URI_SET = "\"<>\\^`{|}[]";

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private PercentEncoding() {
	}

	static String path(String text) {
		return encode(text, PATH_SET);
	}

	static String query(String text) {
		return encode(text, SPECIAL_QUERY_SET);
	}

	/** The query of a URL whose scheme is not special. */
	static String otherQuery(String text) {
		return encode(text, QUERY_SET);
	}

	/** An opaque path: control characters and what is not ASCII. */
	static String opaque(String text) {
		return encode(text, "");
	}

	static String fragment(String text) {
		return encode(text, FRAGMENT_SET);
	}

	static String userinfo(String text) {
		return encode(text, USERINFO_SET);
	}

	/**
	 * Decode a text.
	 * @return the bytes; a percent sign that starts no escape stays
	 * @see <a href=
	 * "https://url.spec.whatwg.org/#string-percent-decode">Percent-decode</a>
	 */
	static byte[] decode(String text) {
		ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length());
		String bytes = new String(ScalarValues.utf8Encode(text), StandardCharsets.ISO_8859_1);
		for (int i = 0; i < bytes.length(); i++) {
			char c = bytes.charAt(i);
			if (c == '%' && isEscape(bytes, i)) {
				decoded.write(Integer.parseInt(bytes, i + 1, i + 3, 16));
				i += 2;
			}
			else {
				decoded.write(c);
			}
		}
		return decoded.toByteArray();
	}

	static String forJavaUri(String text) {
		StringBuilder encoded = null;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean keep = (c == '%') ? isEscape(text, i) : JAVA_URI_SET.indexOf(c) < 0;
			if (!keep && encoded == null) {
				encoded = new StringBuilder(text.length() + 8).append(text, 0, i);
			}
			if (encoded != null) {
				append(encoded, (byte) c, !keep);
			}
		}
		return (encoded != null) ? encoded.toString() : text;
	}

	private static boolean isEscape(String text, int index) {
		return index + 2 < text.length() && Character.digit(text.charAt(index + 1), 16) >= 0
				&& Character.digit(text.charAt(index + 2), 16) >= 0;
	}

	private static String encode(String text, String set) {
		for (int i = 0; i < text.length(); i++) {
			if (mustEncode(text.charAt(i), set)) {
				return encodeBytes(ScalarValues.utf8Encode(text), set);
			}
		}
		return text;
	}

	private static String encodeBytes(byte[] bytes, String set) {
		StringBuilder encoded = new StringBuilder(bytes.length + 16);
		for (byte b : bytes) {
			append(encoded, b, mustEncode((char) (b & 0xFF), set));
		}
		return encoded.toString();
	}

	private static boolean mustEncode(char c, String set) {
		return c < 0x20 || c > 0x7E || set.indexOf(c) >= 0;
	}

	private static void append(StringBuilder encoded, byte b, boolean escape) {
		if (escape) {
			encoded.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
		}
		else {
			encoded.append((char) b);
		}
	}

}
