package io.github.springxhr.autoconfigure.har;

import java.util.List;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.SanitizableData;

/**
 * The response's headers, as far as they may be shown. A value is shown only if the
 * header is known and says nothing but how a message is framed, coded, cached or shared:
 * what a service puts into a header of its own is not known to be harmless.
 */
final class HarHeaders {

	private static final Set<String> SHOWN = Set.of("accept-ranges", "access-control-allow-credentials",
			"access-control-allow-headers", "access-control-allow-methods", "access-control-allow-origin",
			"access-control-expose-headers", "access-control-max-age", "age", "allow", "cache-control", "connection",
			"content-encoding", "content-language", "content-length", "content-type", "date", "expires", "keep-alive",
			"last-modified", "pragma", "retry-after", "server", "strict-transport-security", "transfer-encoding",
			"vary", "x-content-type-options");

	private final List<Har.Header> lines;

	private HarHeaders(List<Har.Header> lines) {
		this.lines = lines;
	}

	/**
	 * Parse what {@code getAllResponseHeaders()} gives.
	 */
	static HarHeaders parse(String headers) {
		return new HarHeaders(headers.lines().map((line) -> {
			int colon = line.indexOf(':');
			return new Har.Header(line.substring(0, colon), line.substring(colon + 1).strip());
		}).toList());
	}

	List<Har.Header> masked() {
		return this.lines.stream()
			.map((header) -> SHOWN.contains(header.name()) ? header
					: new Har.Header(header.name(), SanitizableData.SANITIZED_VALUE))
			.toList();
	}

	/**
	 * Return the cookies that are set. A name that stands alone is a value.
	 */
	List<Har.Cookie> maskedCookies() {
		return this.lines.stream()
			.filter((header) -> header.name().equals("set-cookie"))
			.map((header) -> header.value().split(";", 2)[0])
			.map((pair) -> pair.substring(0, Math.max(0, pair.indexOf('='))).strip())
			.map((name) -> new Har.Cookie(name, SanitizableData.SANITIZED_VALUE))
			.toList();
	}

	String get(String name, String otherwise) {
		return this.lines.stream()
			.filter((header) -> header.name().equals(name))
			.map(Har.Header::value)
			.findFirst()
			.orElse(otherwise);
	}

	boolean contains(String name) {
		return this.lines.stream().anyMatch((header) -> header.name().equals(name));
	}

}
