package io.github.springxhr.http;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.mime.MimeType;
import org.jspecify.annotations.Nullable;

/**
 * What another origin is asked, and what it may show, without a word about it in CORS
 * headers. Names are compared without case; a byte of a value is one char from U+0000 to
 * U+00FF.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#terminology-headers">Fetch Standard,
 * Headers</a>
 */
@Internal
public final class CorsSafelist {

	private static final int MAX_VALUE = 128;

	private static final int MAX_VALUES = 1024;

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

	private static final Set<String> ESSENCES = Set.of("application/x-www-form-urlencoded", "multipart/form-data",
			"text/plain");

	private static final Set<String> RESPONSE_HEADERS = Set.of("cache-control", "content-language", "content-length",
			"content-type", "expires", "last-modified", "pragma");

	private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

	private CorsSafelist() {
	}

	/**
	 * Return whether the method needs no preflight.
	 * @param method a method; its case matters
	 * @return {@code true} for GET, HEAD and POST
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#cors-safelisted-method">CORS-safelisted method</a>
	 */
	public static boolean isSafelistedMethod(String method) {
		return METHODS.contains(method);
	}

	/**
	 * Return whether the request header needs no preflight.
	 * @param name its name
	 * @param value its value
	 * @return {@code true} if it is safelisted
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#cors-safelisted-request-header">CORS-safelisted
	 * request-header</a>
	 */
	public static boolean isSafelistedRequestHeader(String name, String value) {
		return value.length() <= MAX_VALUE && switch (name.toLowerCase(Locale.ROOT)) {
			case "accept" -> none(value, CorsSafelist::isUnsafeByte);
			case "accept-language", "content-language" -> none(value, (c) -> !isLanguageByte(c));
			case "content-type" -> none(value, CorsSafelist::isUnsafeByte) && isSafelisted(MimeType.parse(value));
			case "range" -> isSafelistedRange(value);
			default -> false;
		};
	}

	/**
	 * Return the names of the headers that need a preflight. If the values of the
	 * safelisted headers have more than 1,024 bytes together, these need one too.
	 * @param headers request headers
	 * @return the names in lower case, each once, sorted
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names">CORS-unsafe
	 * request-header names</a>
	 */
	public static List<String> unsafeRequestHeaderNames(HeaderList headers) {
		Set<String> unsafe = new TreeSet<>();
		Set<String> potentiallyUnsafe = new TreeSet<>();
		List<String> safelistedValues = new ArrayList<>();
		headers.forEach((name, value) -> {
			boolean safelisted = isSafelistedRequestHeader(name, value);
			(safelisted ? potentiallyUnsafe : unsafe).add(name.toLowerCase(Locale.ROOT));
			if (safelisted) {
				safelistedValues.add(value);
			}
		});
		if (safelistedValues.stream().mapToInt(String::length).sum() > MAX_VALUES) {
			unsafe.addAll(potentiallyUnsafe);
		}
		return List.copyOf(unsafe);
	}

	/**
	 * Return whether a preflight has to allow the header by its name: an asterisk does
	 * not cover it.
	 * @param name a header name
	 * @return {@code true} for Authorization
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name">CORS
	 * non-wildcard request-header name</a>
	 */
	public static boolean isNonWildcardRequestHeaderName(String name) {
		return name.equalsIgnoreCase("Authorization");
	}

	/**
	 * Return whether a response of another origin shows the header.
	 * @param name its name
	 * @param exposed the names that the response exposes
	 * @return {@code true} if it is safelisted
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name">CORS-safelisted
	 * response-header name</a>
	 */
	public static boolean isSafelistedResponseHeaderName(String name, Collection<String> exposed) {
		return RESPONSE_HEADERS.contains(name.toLowerCase(Locale.ROOT))
				|| (!HttpRules.isForbiddenResponseHeaderName(name)
						&& exposed.stream().anyMatch(name::equalsIgnoreCase));
	}

	private static boolean isSafelisted(@Nullable MimeType mimeType) {
		return mimeType != null && ESSENCES.contains(mimeType.getEssence());
	}

	/**
	 * A single range that has a start, and an end that is not before it.
	 * @see <a href="https://fetch.spec.whatwg.org/#simple-range-header-value">Parse a
	 * single range header value</a>
	 */
	private static boolean isSafelistedRange(String value) {
		Matcher range = RANGE.matcher(value);
		return range.matches() && (range.group(2).isEmpty()
				|| new BigInteger(range.group(1)).compareTo(new BigInteger(range.group(2))) <= 0);
	}

	/**
	 * See <a href=
	 * "https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte">CORS-unsafe
	 * request-header byte</a>.
	 */
	private static boolean isUnsafeByte(int c) {
		return (c < 0x20 && c != '\t') || "\"():<>?@[\\]{}\u007F".indexOf(c) >= 0;
	}

	private static boolean isLanguageByte(int c) {
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || " *,-.;=".indexOf(c) >= 0;
	}

	private static boolean none(String value, IntPredicate predicate) {
		return value.chars().noneMatch(predicate);
	}

}
