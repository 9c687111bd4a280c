package io.github.springxhr.demo.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Scenarios that nobody has thought of. What depends on timing alone is left out: a
 * request is aborted by an event, and times out only where no answer comes.
 */
final class RandomSpecs {

	private static final List<String> METHODS = List.of("GET", "GET", "GET", "GET", "POST", "POST", "POST", "PUT",
			"HEAD", "DELETE", "PATCH", "post", "options");

	private static final List<String> PAGES = List.of("text", "json", "xml", "html", "chunked", "status/204",
			"status/404", "status/500", "bytes?size=0", "bytes?size=1", "bytes?size=300000", "work", "cookies",
			"truncated", "reset", "redirect?n=1", "redirect?n=3&code=301", "redirect?n=2&code=303",
			"redirect?n=1&code=307", "redirect?n=2&code=308", "redirect?n=20", "redirect?n=21");

	private static final List<String> RESPONSE_TYPES = List.of("", "", "text", "json", "arraybuffer", "blob",
			"document");

	private static final List<String> MIME_TYPES = List.of("text/plain;charset=iso-8859-1", "application/xml",
			"text/html", "nonsense", "application/json");

	/**
	 * Not at state 4: Chromium then leaves out {@code load} and {@code loadend}, so there
	 * is no end to wait for.
	 */
	private static final List<String> ABORTS = List.of("loadstart", "progress", "load", "loadend", "upload.loadstart",
			"upload.progress", "upload.load");

	private final Random random;

	private RandomSpecs(long seed) {
		this.random = new Random(seed);
	}

	/** The spec of a number does not depend on how many others there are. */
	static List<Map<String, Object>> of(long seed, int count) {
		return IntStream.range(0, count).mapToObj((index) -> new RandomSpecs(seed + index).next()).toList();
	}

	private Map<String, Object> next() {
		// numbers of neighbouring seeds begin alike
		this.random.nextInt();
		Map<String, Object> spec = new LinkedHashMap<>();
		String method = any(METHODS);
		spec.put("method", method);
		spec.put("url", url(method));
		boolean async = !chance(8);
		spec.put("async", async);
		spec.put("headers", headers());
		spec.put("responseType", async ? any(RESPONSE_TYPES) : "");
		spec.put("timeout", async ? timeout(spec) : 0);
		spec.put("withCredentials", chance(4));
		spec.put("overrideMimeType", chance(6) ? any(MIME_TYPES) : null);
		spec.put("uploadListeners", !chance(3));
		spec.put("body", (method.equals("GET") && !chance(8)) ? null : body());
		comparable(spec);
		refusable(spec);
		spec.put("abort", (async && chance(5)) ? abort() : null);
		abortable(spec);
		return spec;
	}

	/**
	 * Which preflights are refused for their method is a known difference; for a header
	 * they all are.
	 */
	private static void refusable(Map<String, Object> spec) {
		if (String.valueOf(spec.get("url")).contains("preflight=refused")) {
			spec.put("headers", List.of(List.of("X-A", "1")));
		}
	}

	/** What Chromium leaves out cannot abort: the progress of what has no byte. */
	private static void abortable(Map<String, Object> spec) {
		if (!(spec.get("abort") instanceof Map<?, ?> abort)) {
			return;
		}
		if ("progress".equals(abort.get("on"))) {
			spec.put("method", "GET");
			spec.put("url", "upstream/work");
		}
		if (String.valueOf(abort.get("on")).startsWith("upload.") && isEmpty(spec.get("body"))) {
			spec.put("abort", null);
		}
	}

	private static boolean isEmpty(@Nullable Object body) {
		return body instanceof Map<?, ?> map
				&& ("".equals(map.get("text")) || Integer.valueOf(0).equals(map.get("size")));
	}

	/** A boundary is random; and how an empty upload fails is nothing to compare with. */
	private static void comparable(Map<String, Object> spec) {
		if (!(spec.get("body") instanceof Map<?, ?> body)) {
			return;
		}
		boolean form = "form".equals(body.get("kind"));
		if (form && String.valueOf(spec.get("url")).matches(".*/(echo|upload).*")) {
			spec.put("url", "upstream/text");
		}
		if (isEmpty(body)) {
			spec.put("url", "upstream/echo");
		}
	}

	private String url(String method) {
		String page = method.equalsIgnoreCase("post") && chance(2) ? any(List.of("echo", "upload")) : any(PAGES);
		if (!chance(3)) {
			return "upstream/" + page;
		}
		String cors = any(List.of("any", "origin", "credentials", "wrong", "none"));
		String query = "cors=" + cors + (chance(2) ? "&expose=yes" : "") + (chance(4) ? "&preflight=refused" : "");
		return "${upstream}/" + page + (page.contains("?") ? "&" : "?") + query;
	}

	private List<List<String>> headers() {
		List<List<String>> headers = new ArrayList<>();
		List<List<String>> choice = List.of(List.of("X-A", "1"), List.of("X-A", "2"), List.of("Accept", "text/plain"),
				List.of("Content-Type", "text/plain;charset=utf-16"), List.of("Content-Type", "application/x-own"),
				List.of("Host", "elsewhere.example"), List.of("Accept-Language", "fr"));
		for (int i = chance(2) ? this.random.nextInt(3) : 0; i > 0; i--) {
			headers.add(any(choice));
		}
		return headers;
	}

	/** A short one only where the server thinks for longer. */
	private int timeout(Map<String, Object> spec) {
		if (chance(10)) {
			spec.put("url", "upstream/delay");
			return 150;
		}
		return chance(2) ? 60_000 : 0;
	}

	private @Nullable Map<String, Object> body() {
		return switch (this.random.nextInt(6)) {
			case 0 -> null;
			case 1 -> Map.of("kind", "text", "text", "Grüße, 你好");
			case 2 -> Map.of("kind", "text", "text", "");
			case 3 -> Map.of("kind", "bytes", "size", this.random.nextInt(60_000));
			case 4 -> Map.of("kind", "bytes", "size", 200_000);
			default -> Map.of("kind", "form", "fields", List.of(List.of("a", "b"), List.of("ü", "\r\n")), "files",
					List.of(Map.of("name", "f", "filename", "a.bin", "size", 2000)));
		};
	}

	private Map<String, Object> abort() {
		return chance(2) ? Map.of("on", any(ABORTS))
				: Map.of("on", "readystatechange", "readyState", 2 + this.random.nextInt(2));
	}

	private boolean chance(int of) {
		return this.random.nextInt(of) == 0;
	}

	private <T> T any(List<T> of) {
		return of.get(this.random.nextInt(of.size()));
	}

}
