package io.github.springxhr.autoconfigure.har;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.springxhr.http.HeaderList;

import org.springframework.boot.actuate.endpoint.SanitizableData;

/**
 * The headers of a hop, as far as they may be shown. A value is shown only if the header
 * is known and says nothing but how a message is framed, coded, cached or shared: what a
 * service puts into a header of its own is not known to be harmless.
 */
final class HarHeaders {

	private static final Set<String> SHOWN = Set.of("accept-encoding", "accept-ranges",
			"access-control-allow-credentials", "access-control-allow-headers", "access-control-allow-methods",
			"access-control-allow-origin", "access-control-expose-headers", "access-control-max-age",
			"access-control-request-headers", "access-control-request-method", "age", "allow", "cache-control",
			"connection", "content-encoding", "content-language", "content-length", "content-type", "date", "expires",
			"keep-alive", "last-modified", "origin", "pragma", "retry-after", "server", "strict-transport-security",
			"transfer-encoding", "vary", "x-content-type-options");

	private final List<Har.Header> lines;

	private HarHeaders(List<Har.Header> lines) {
		this.lines = lines;
	}

	static HarHeaders of(HeaderList headers) {
		List<Har.Header> lines = new ArrayList<>();
		headers.forEach((name, value) -> lines.add(new Har.Header(name.toLowerCase(Locale.ROOT), value)));
		return new HarHeaders(lines);
	}

	List<Har.Header> masked() {
		return this.lines.stream()
			.map((header) -> SHOWN.contains(header.name()) ? header
					: new Har.Header(header.name(), SanitizableData.SANITIZED_VALUE))
			.toList();
	}

	/**
	 * Return the cookies that are sent or set. A name that stands alone is a value.
	 * @param header {@code cookie}, which has many, or {@code set-cookie}, which has one
	 */
	List<Har.Cookie> maskedCookies(String header) {
		int limit = header.equals("cookie") ? 0 : 2;
		return this.lines.stream()
			.filter((line) -> line.name().equals(header))
			.flatMap((line) -> Arrays.stream(line.value().split(";", limit)).limit((limit == 0) ? Long.MAX_VALUE : 1))
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

}
