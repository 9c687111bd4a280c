package io.github.springxhr.mime;

import java.nio.charset.StandardCharsets;

/**
 * Bytes for tests, and the two ways to decode them.
 */
final class Bytes {

	private Bytes() {
	}

	static byte[] hex(String hex) {
		String digits = hex.replace(" ", "");
		byte[] bytes = new byte[digits.length() / 2];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
		}
		return bytes;
	}

	static byte[] latin1(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	static String decode(Encoding encoding, String hex) {
		byte[] bytes = hex(hex);
		return encoding.decode(bytes, 0, bytes.length);
	}

	static String decodeByteByByte(Encoding encoding, byte[] bytes) {
		TextDecoder decoder = new TextDecoder(encoding);
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < bytes.length; i++) {
			text.append(decoder.decode(bytes, i, 1));
		}
		return text.append(decoder.finish()).toString();
	}

}
