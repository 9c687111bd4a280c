package io.github.springxhr.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.springxhr.mime.HeaderValues;

/**
 * What methods, header names and header values may look like, and which of them a caller
 * may not set.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#methods">Fetch Standard, Methods</a>
 * @see <a href="https://fetch.spec.whatwg.org/#terminology-headers">Fetch Standard,
 * Headers</a>
 */
@Internal
public final class HttpRules {

	private static final Set<String> NORMALIZED_METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");

	private static final Set<String> IDEMPOTENT_METHODS = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PUT");

	private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");

	/**
	 * The headers that frame a message: a value set by a caller would let it disagree
	 * with what is sent.
	 */
	private static final Set<String> FRAMING_HEADERS = Set.of("connection", "content-length", "expect", "host",
			"keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

	private static final Set<String> FORBIDDEN_REQUEST_HEADERS = Set.of("accept-charset", "accept-encoding",
			"access-control-request-headers", "access-control-request-method", "connection", "content-length", "cookie",
			"cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te",
			"trailer", "transfer-encoding", "upgrade", "via");

	private static final Set<String> METHOD_OVERRIDES = Set.of("x-http-method", "x-http-method-override",
			"x-method-override");

	private HttpRules() {
	}

	/**
	 * Return whether the text is a method.
	 * @param method the text
	 * @return {@code true} if it is a token
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-method">Method</a>
	 */
	public static boolean isMethod(String method) {
		return isToken(method);
	}

	/**
	 * Return whether no caller may use the method.
	 * @param method a method, in any case
	 * @return {@code true} for CONNECT, TRACE and TRACK
	 * @see <a href="https://fetch.spec.whatwg.org/#forbidden-method">Forbidden method</a>
	 */
	public static boolean isForbiddenMethod(String method) {
		return FORBIDDEN_METHODS.contains(method.toUpperCase(Locale.ROOT));
	}

	/**
	 * Return whether a request can be received twice and do no more than once.
	 * @param method a normalized method
	 * @return whether it is idempotent; {@code false} for methods that are not known
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.2">RFC 9110,
	 * 9.2.2</a>
	 */
	public static boolean isIdempotent(String method) {
		return IDEMPOTENT_METHODS.contains(method);
	}

	/**
	 * Put the six methods that are matched without case into upper case.
	 * @param method a method
	 * @return the method; others, {@code patch} among them, as they are
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-method-normalize">Normalize</a>
	 */
	public static String normalizeMethod(String method) {
		String upper = method.toUpperCase(Locale.ROOT);
		return NORMALIZED_METHODS.contains(upper) ? upper : method;
	}

	/**
	 * Return whether the text is a header name.
	 * @param name the text
	 * @return {@code true} if it is a token
	 * @see <a href="https://fetch.spec.whatwg.org/#header-name">Header name</a>
	 */
	public static boolean isHeaderName(String name) {
		return isToken(name);
	}

	/**
	 * Remove HTTP whitespace (tab, LF, CR, space) from both ends.
	 * @param value a value
	 * @return the value without it
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-header-value-normalize">Normalize</a>
	 */
	public static String normalizeHeaderValue(String value) {
		int start = 0;
		int end = value.length();
		while (start < end && isHttpWhitespace(value.charAt(start))) {
			start++;
		}
		while (end > start && isHttpWhitespace(value.charAt(end - 1))) {
			end--;
		}
		return value.substring(start, end);
	}

	/**
	 * Return whether a normalized text is a header value: Latin-1 without NUL, CR and LF.
	 * @param value a normalized value
	 * @return {@code true} if it is one
	 * @see <a href="https://fetch.spec.whatwg.org/#header-value">Header value</a>
	 */
	public static boolean isHeaderValue(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == 0 || c == '\n' || c == '\r' || c > 0xFF) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether a header value has a control character other than tab, which the
	 * standard allows and HTTP libraries refuse.
	 * @param value a header value
	 * @return {@code true} if it has one
	 */
	public static boolean hasControl(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if ((c < 0x20 && c != '\t') || c == 0x7F) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether the header belongs to the message's framing, which no caller may
	 * set.
	 * @param name a header name
	 * @return {@code true} if {@code setRequestHeader} ignores it
	 */
	public static boolean isFramingHeader(String name) {
		return FRAMING_HEADERS.contains(name.toLowerCase(Locale.ROOT));
	}

	/**
	 * Return whether only the client itself may set the request header.
	 * @param name a header name
	 * @param value its value; it matters for the headers that override the method
	 * @return {@code true} if it is forbidden to a script
	 * @see <a href="https://fetch.spec.whatwg.org/#forbidden-request-header">Forbidden
	 * request-header</a>
	 */
	public static boolean isForbiddenRequestHeader(String name, String value) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (METHOD_OVERRIDES.contains(lower)) {
			return HeaderValues.getDecodeAndSplit(List.of(value)).stream().anyMatch(HttpRules::isForbiddenMethod);
		}
		return FORBIDDEN_REQUEST_HEADERS.contains(lower) || lower.startsWith("proxy-") || lower.startsWith("sec-");
	}

	/**
	 * Return whether no script may read the response header.
	 * @param name a header name
	 * @return {@code true} for Set-Cookie and Set-Cookie2
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#forbidden-response-header-name">Forbidden
	 * response-header name</a>
	 */
	public static boolean isForbiddenResponseHeaderName(String name) {
		return name.equalsIgnoreCase("Set-Cookie") || name.equalsIgnoreCase("Set-Cookie2");
	}

	/**
	 * Return whether a response with the status has no body.
	 * @param status a status code
	 * @return {@code true} if it is a null body status
	 * @see <a href="https://fetch.spec.whatwg.org/#null-body-status">Null body status</a>
	 */
	public static boolean isNullBodyStatus(int status) {
		return status == 101 || status == 103 || status == 204 || status == 205 || status == 304;
	}

	/**
	 * Return whether the status asks for a redirect.
	 * @param status a status code
	 * @return {@code true} if it is a redirect status
	 * @see <a href="https://fetch.spec.whatwg.org/#redirect-status">Redirect status</a>
	 */
	public static boolean isRedirectStatus(int status) {
		return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
	}

	private static boolean isHttpWhitespace(char c) {
		return c == ' ' || c == '\t' || c == '\n' || c == '\r';
	}

	private static boolean isToken(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!isTokenChar(text.charAt(i))) {
				return false;
			}
		}
		return !text.isEmpty();
	}

	static boolean isTokenChar(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
	}

}
