package io.github.springxhr.mime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * ASCII character classes of the WHATWG standards.
 */
final class Ascii {

	private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

	private Ascii() {
	}

	/**
	 * See <a href="https://infra.spec.whatwg.org/#ascii-byte">ASCII byte</a>.
	 * @param bytes holds the bytes
	 * @param offset where they start
	 * @param length how many they are
	 * @return whether all of them are such
	 */
	static boolean isAll(byte[] bytes, int offset, int length) {
		int position = offset;
		int end = offset + length;
		for (; position <= end - Long.BYTES; position += Long.BYTES) {
			if (((long) LONGS.get(bytes, position) & HIGH_BITS) != 0) {
				return false;
			}
		}
		for (; position < end; position++) {
			if (bytes[position] < 0) {
				return false;
			}
		}
		return true;
	}

	static boolean isAlpha(int c) {
		return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	}

	/**
	 * See <a href="https://infra.spec.whatwg.org/#ascii-whitespace">ASCII whitespace</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isWhitespace(int c) {
		return c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
	}

	/**
	 * See <a href="https://fetch.spec.whatwg.org/#http-whitespace">HTTP whitespace</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isHttpWhitespace(int c) {
		return c == '\t' || c == '\n' || c == '\r' || c == ' ';
	}

	/**
	 * See <a href="https://fetch.spec.whatwg.org/#http-tab-or-space">HTTP tab or
	 * space</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isHttpTabOrSpace(int c) {
		return c == '\t' || c == ' ';
	}

	/**
	 * See <a href="https://mimesniff.spec.whatwg.org/#http-token-code-point">HTTP token
	 * code point</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isToken(int c) {
		return isAlpha(c) || (c >= '0' && c <= '9') || TOKEN_PUNCTUATION.indexOf(c) >= 0;
	}

	/**
	 * See <a href=
	 * "https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point">HTTP
	 * quoted-string token code point</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isQuotedStringToken(int c) {
		return c == '\t' || (c >= 0x20 && c <= 0x7E) || (c >= 0x80 && c <= 0xFF);
	}

	static int toLowerCase(int c) {
		return (c >= 'A' && c <= 'Z') ? c + ('a' - 'A') : c;
	}

	/**
	 * Lowers A to Z only: {@link String#toLowerCase(Locale)} would also map the Kelvin
	 * sign to {@code k}.
	 * @param value the string
	 * @return the string with its ASCII letters in lower case
	 */
	static String toLowerCase(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (toLowerCase(value.charAt(i)) != value.charAt(i)) {
				StringBuilder lower = new StringBuilder(value.length());
				value.chars().forEach((c) -> lower.append((char) toLowerCase(c)));
				return lower.toString();
			}
		}
		return value;
	}

}
