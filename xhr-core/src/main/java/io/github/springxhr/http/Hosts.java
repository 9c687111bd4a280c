package io.github.springxhr.http;

import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What of the host parser a library leaves to us: IPv4 addresses in all their forms, and
 * whether the host of a URL that cannot be fetched is one, as such a URL is a syntax
 * error if it is not.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-host-parser">URL Standard, host
 * parser</a>
 */
final class Hosts {

	private static final Set<String> SPECIAL = Set.of("ftp", "ws", "wss");

	private static final Pattern DRIVE_LETTER = Pattern.compile("[a-zA-Z][:|]");

	private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";

	private static final int MAX_PORT = 0xFFFF;

	private static final int MAX_LABEL_LENGTH = 63;

	/** Whatever else is added to it. */
	private static final long TOO_LARGE = 1L << 33;

	private Hosts() {
	}

	/**
	 * Parse the host as an IPv4 address if it ends in a number.
	 * @return the address, the host as it is if it is no address, or {@code null} if it
	 * is a malformed one
	 * @see <a href="https://url.spec.whatwg.org/#concept-ipv4-parser">IPv4 parser</a>
	 */
	static @Nullable String parseIpv4(String host) {
		int end = host.endsWith(".") ? host.length() - 1 : host.length();
		int last = host.lastIndexOf('.', end - 1) + 1;
		if (!isNumber(host, last, end)) {
			return host;
		}
		long address = 0;
		int start = 0;
		for (int missing = 3; start < last; missing--) {
			int dot = host.indexOf('.', start);
			long number = parseNumber(host, start, dot);
			if (missing == 0 || number < 0 || number > 0xFF) {
				return null;
			}
			address |= number << (8 * missing);
			start = dot + 1;
			if (start == last) {
				return address(address, parseNumber(host, last, end), 8 * missing);
			}
		}
		return address(0, parseNumber(host, last, end), 32);
	}

	/** The last number fills the bits that those before it have left. */
	private static @Nullable String address(long leading, long rest, int bits) {
		if (rest < 0 || rest >= 1L << bits) {
			return null;
		}
		long address = leading | rest;
		StringBuilder text = new StringBuilder(15);
		for (int shift = 24; shift >= 0; shift -= 8) {
			text.append((address >> shift) & 0xFF).append((shift > 0) ? "." : "");
		}
		return text.toString();
	}

	/** Whether a part has decimal digits only, or is a hexadecimal number. */
	private static boolean isNumber(String host, int start, int end) {
		boolean hex = isHex(host, start, end);
		for (int i = hex ? start + 2 : start; i < end; i++) {
			if (asciiDigit(host.charAt(i), hex ? 16 : 10) < 0) {
				return false;
			}
		}
		return end > start;
	}

	/**
	 * @return the number, or that of more than 32 bits if it is larger; -1 if it is none
	 */
	private static long parseNumber(String host, int start, int end) {
		boolean hex = isHex(host, start, end);
		boolean octal = !hex && end - start > 1 && host.charAt(start) == '0';
		int radix = hex ? 16 : octal ? 8 : 10;
		long number = (end > start) ? 0 : -1;
		for (int i = hex ? start + 2 : start; i < end; i++) {
			int digit = asciiDigit(host.charAt(i), radix);
			if (digit < 0) {
				return -1;
			}
			number = Math.min(number * radix + digit, TOO_LARGE);
		}
		return number;
	}

	private static boolean isHex(String host, int start, int end) {
		return end - start > 1 && host.charAt(start) == '0' && (host.charAt(start + 1) | 0x20) == 'x';
	}

	private static int asciiDigit(char c, int radix) {
		return (c < 0x80) ? Character.digit(c, radix) : -1;
	}

	/**
	 * Return whether the host is a domain or address in the form in which it is kept, so
	 * that a parser has nothing to do to it but to look for an IPv4 address: lower case
	 * ASCII letters, digits and hyphens in labels of which none is internationalized.
	 */
	static boolean isPlain(String host) {
		boolean labelStarts = true;
		for (int i = 0; i < host.length(); i++) {
			char c = host.charAt(i);
			if (c == '.' ? labelStarts : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
				return false;
			}
			if (labelStarts && host.startsWith("xn--", i)) {
				return false;
			}
			labelStarts = (c == '.');
		}
		return !labelStarts && host.length() <= MAX_LABEL_LENGTH;
	}

	/**
	 * Return whether a URL whose scheme is not HTTP(S) can be parsed.
	 * @param scheme the scheme
	 * @param rest what comes after its colon
	 */
	static boolean isPossible(String scheme, String rest) {
		if (SPECIAL.contains(scheme)) {
			return UrlParser.parse("http:" + rest, null) != null;
		}
		boolean file = scheme.equals("file");
		if (!rest.startsWith("//")) {
			return true;
		}
		int end = 2;
		while (end < rest.length() && (file ? "/\\?#" : "/?#").indexOf(rest.charAt(end)) < 0) {
			end++;
		}
		String authority = rest.substring(2, end);
		return file ? isFileHost(authority) : isAuthority(authority);
	}

	private static boolean isFileHost(String host) {
		return host.isEmpty() || DRIVE_LETTER.matcher(host).matches() || (host.indexOf('@') < 0
				&& (host.startsWith("[") || host.indexOf(':') < 0) && UrlParser.parse("http://" + host, null) != null);
	}

	private static boolean isAuthority(String authority) {
		int start = authority.lastIndexOf('@') + 1;
		int colon = authority.indexOf(':', Math.max(start, authority.indexOf(']')));
		String host = authority.substring(start, (colon < 0) ? authority.length() : colon);
		String port = (colon < 0) ? "" : authority.substring(colon);
		if (host.isEmpty()) {
			return authority.isEmpty();
		}
		boolean hostPossible = host.startsWith("[") ? UrlParser.parse("http://" + host, null) != null
				: host.chars().noneMatch((c) -> FORBIDDEN.indexOf(c) >= 0);
		return hostPossible && isPort(port);
	}

	/**
	 * Return whether a port can be parsed.
	 * @param port nothing, or a colon and what comes after it
	 */
	static boolean isPort(String port) {
		return isPort(port, 0);
	}

	/**
	 * Return whether a port at the end of a text can be parsed.
	 * @param text the text
	 * @param colon the index of the port's colon, or the length of the text
	 */
	static boolean isPort(String text, int colon) {
		int number = 0;
		for (int i = colon + 1; i < text.length(); i++) {
			int digit = asciiDigit(text.charAt(i), 10);
			number = number * 10 + digit;
			if (digit < 0 || number > MAX_PORT) {
				return false;
			}
		}
		return true;
	}

}
