package io.github.springxhr.demo.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where Chromium is known to depart from the standard, or is free to choose. Each is
 * explained in {@code docs/conformance.md} by its name. It rewrites Chromium's log to
 * what the standard has, and the server's log must be equal to that to the last event.
 */
enum KnownDifference {

	/** No {@code progress} at the end of a response without a byte. */
	NO_PROGRESS_WITHOUT_BYTES {

		@Override
		List<Log.Event> toStandard(List<Log.Event> events, Map<String, Object> spec) {
			Log.Event load = find(events, "request", "load");
			if (load == null || !Long.valueOf(0).equals(load.loaded()) || !isAsync(spec)
					|| find(events, "request", "progress") != null) {
				return events;
			}
			List<Log.Event> standard = new ArrayList<>(events);
			int done = standard.indexOf(load) - 1;
			standard.add(done, load.withType("progress").withReadyState(2));
			return standard;
		}

	},

	/** The last {@code progress} is fired when the state is 4 already. */
	LAST_PROGRESS_IN_STATE_4 {

		@Override
		List<Log.Event> toStandard(List<Log.Event> events, Map<String, Object> spec) {
			return events.stream()
				.map((event) -> event.isLoading() && event.readyState() == 4 ? event.withReadyState(3) : event)
				.toList();
		}

	},

	/**
	 * A {@code progress} that was held back is fired after an abort's {@code loadend}.
	 */
	PROGRESS_AFTER_ABORT {

		@Override
		List<Log.Event> toStandard(List<Log.Event> events, Map<String, Object> spec) {
			Log.Event abort = find(events, "request", "abort");
			return events.stream()
				.filter((event) -> abort == null || !event.type().equals("progress") || event.readyState() != 0)
				.toList();
		}

	},

	/** The upload of a request without a body fails when the request does. */
	UPLOAD_FAILS_WITHOUT_BODY {

		@Override
		List<Log.Event> toStandard(List<Log.Event> events, Map<String, Object> spec) {
			String method = String.valueOf(spec.get("method")).toUpperCase(Locale.ROOT);
			boolean body = spec.get("body") != null && !Set.of("GET", "HEAD").contains(method);
			return body ? events : events.stream().filter((event) -> !event.target().equals("upload")).toList();
		}

	},

	/** An upload without a byte begins with a computable length and does not end. */
	EMPTY_UPLOAD_DOES_NOT_END {

		@Override
		List<Log.Event> toStandard(List<Log.Event> events, Map<String, Object> spec) {
			Log.Event start = find(events, "upload", "loadstart");
			if (start == null || !Long.valueOf(0).equals(start.total()) || find(events, "request", "load") == null) {
				return events;
			}
			List<Log.Event> standard = new ArrayList<>(events);
			int index = standard.indexOf(start);
			Log.Event unknown = start.withTotal(0, false);
			standard.set(index, unknown);
			standard.addAll(index + 1,
					List.of(unknown.withType("progress"), unknown.withType("load"), unknown.withType("loadend")));
			return standard;
		}

	},

	/** Here a response to HEAD has lost its Transfer-Encoding. */
	TRANSFER_ENCODING_OF_HEAD {

		@Override
		List<Log.Event> toStandard(List<Log.Event> events, Map<String, Object> spec) {
			return events;
		}

		@Override
		String headers(String headers, Map<String, Object> spec) {
			return "HEAD".equals(spec.get("method")) ? headers.replace("transfer-encoding: chunked\r\n", "") : headers;
		}

	},

	/** Here responseURL has no user and no password. */
	PASSWORD_IN_RESPONSE_URL {

		@Override
		List<Log.Event> toStandard(List<Log.Event> events, Map<String, Object> spec) {
			return events;
		}

		@Override
		String responseURL(String url, Map<String, Object> spec) {
			return url.replace("://" + spec.get("user") + ":" + spec.get("password") + "@", "://");
		}

	};

	abstract List<Log.Event> toStandard(List<Log.Event> events, Map<String, Object> spec);

	String headers(String headers, Map<String, Object> spec) {
		return headers;
	}

	String responseURL(String url, Map<String, Object> spec) {
		return url;
	}

	/** The log with all known differences taken out. */
	static Log toStandard(Log browser, Map<String, Object> spec) {
		List<Log.Event> events = browser.events();
		String headers = String.valueOf(browser.result().headers());
		String url = String.valueOf(browser.result().responseURL());
		for (KnownDifference difference : values()) {
			events = difference.toStandard(events, spec);
			headers = difference.headers(headers, spec);
			url = difference.responseURL(url, spec);
		}
		return new Log(events, browser.result().withHeaders(headers).withResponseURL(url));
	}

	private static boolean isAsync(Map<String, Object> spec) {
		return !Boolean.FALSE.equals(spec.get("async"));
	}

	private static Log.@Nullable Event find(List<Log.Event> events, String target, String type) {
		return events.stream()
			.filter((event) -> event.target().equals(target) && event.type().equals(type))
			.findFirst()
			.orElse(null);
	}

}
