package io.github.springxhr.http;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
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

	private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

	private static final Pattern DRIVE_LETTER = Pattern.compile("[a-zA-Z][:|]");

	private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";

	private static final int PORT_BITS = 16;

	private Hosts() {
	}

	/**
	 * Parse the host as an IPv4 address if it ends in a number.
	 * @return the address, the host as it is if it is no address, or {@code null} if it
	 * is a malformed one
	 * @see <a href="https://url.spec.whatwg.org/#concept-ipv4-parser">IPv4 parser</a>
	 */
	static @Nullable String parseIpv4(String host) {
		List<String> parts = List
			.of((host.endsWith(".") ? host.substring(0, host.length() - 1) : host).split("\\.", -1));
		int last = parts.size() - 1;
		if (!NUMBER.matcher(parts.get(last)).matches()) {
			return host;
		}
		if (last > 3 || !parts.stream().allMatch((part) -> NUMBER.matcher(part).matches())) {
			return null;
		}
		BigInteger address = BigInteger.ZERO;
		for (int i = 0; i <= last; i++) {
			int bits = (i < last) ? 8 : 8 * (4 - last);
			BigInteger number = parseNumber(parts.get(i));
			if (number == null || number.bitLength() > bits) {
				return null;
			}
			address = address.shiftLeft(bits).or(number);
		}
		StringJoiner text = new StringJoiner(".");
		for (int shift = 24; shift >= 0; shift -= 8) {
			text.add(String.valueOf(address.shiftRight(shift).intValue() & 0xFF));
		}
		return text.toString();
	}

	private static @Nullable BigInteger parseNumber(String text) {
		boolean hex = text.startsWith("0x") || text.startsWith("0X");
		String digits = hex ? text.substring(2) : text;
		boolean octal = !hex && digits.length() > 1 && digits.charAt(0) == '0';
		if (octal && digits.chars().anyMatch((c) -> c > '7')) {
			return null;
		}
		return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, hex ? 16 : octal ? 8 : 10);
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
		String digits = port.isEmpty() ? "" : port.substring(1);
		return digits.chars().allMatch((c) -> c >= '0' && c <= '9')
				&& (digits.isEmpty() || new BigInteger(digits).bitLength() <= PORT_BITS);
	}

}
