package io.github.springxhr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every call at every moment, from the request's own listener or from another thread, and
 * {@code call-matrix.txt}, where what happens is written down in full. The request is a
 * POST of five bytes with upload listeners, answered by six bytes in two chunks.
 */
final class CallMatrix {

	private CallMatrix() {
	}

	/** All cells, those too that make no sense. */
	static List<Cell> all() {
		List<Cell> cells = new ArrayList<>();
		for (Moment moment : Moment.values()) {
			for (Act act : Act.values()) {
				cells.add(new Cell(moment, act, true));
				cells.add(new Cell(moment, act, false));
			}
		}
		return cells;
	}

	static List<Cell> sensible() {
		return all().stream().filter((cell) -> cell.senseless() == null).toList();
	}

	/** The log of each cell. */
	static Map<String, String> expected() {
		Map<String, String> cells = new LinkedHashMap<>();
		try (InputStream stream = CallMatrix.class.getResourceAsStream("call-matrix.txt")) {
			String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			text.lines().filter((line) -> line.contains(": ")).forEach((line) -> {
				String[] parts = line.split(": ", 2);
				cells.put(parts[0], parts[1]);
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return cells;
	}

	/**
	 * One call at one moment.
	 *
	 * @param moment when it is made
	 * @param act the call
	 * @param own whether a listener of the request makes it, or another thread
	 */
	record Cell(Moment moment, Act act, boolean own) {

		/** Why it makes no sense, or {@code null} if it does. */
		String senseless() {
			if (this.own) {
				return this.moment.noListener;
			}
			return (this.act == Act.THROW) ? "what another thread throws is no listener's" : null;
		}

		@Override
		public String toString() {
			return this.moment + " " + this.act + " " + (this.own ? "LISTENER" : "THREAD");
		}

	}

	/**
	 * When the call is made: between two steps, or while the listeners of an event run.
	 */
	enum Moment {

		UNSENT("unsent", null, "nothing has been fired"),

		OPENED("opened", null, "that is during readystatechange 1"),

		DURING_READYSTATECHANGE_1("during readystatechange 1", "readystatechange", null),

		DURING_LOADSTART("during loadstart", "loadstart", null),

		UPLOADING("uploading", null, "that is during upload progress"),

		DURING_UPLOAD_PROGRESS("during upload progress", "upload.progress", null),

		HEADERS_RECEIVED("headers received", null, "that is during readystatechange 2"),

		DURING_READYSTATECHANGE_2("during readystatechange 2", "readystatechange", null),

		LOADING("loading", null, "that is during progress"),

		DURING_PROGRESS("during progress", "progress", null),

		DURING_READYSTATECHANGE_4("during readystatechange 4", "readystatechange", null),

		DURING_LOAD("during load", "load", null),

		DURING_LOADEND("during loadend", "loadend", null),

		DONE("done", null, "nothing is fired any more");

		final String label;

		/** The event whose listener makes the call. */
		final String listener;

		final String noListener;

		Moment(String label, String listener, String noListener) {
			this.label = label;
			this.listener = listener;
			this.noListener = noListener;
		}

		/** Whether this is the moment, when the listener of the event runs. */
		boolean isNow(XMLHttpRequest xhr) {
			return !this.listener.equals("readystatechange") || name().endsWith("_" + xhr.getReadyState());
		}

		/** Whether a timeout can still come true. */
		boolean isBeforeTheEnd() {
			return compareTo(DURING_READYSTATECHANGE_4) < 0;
		}

	}

	/**
	 * The call.
	 */
	enum Act {

		ABORT("abort()") {
			@Override
			void on(CallMatrixRun run) {
				run.xhr.abort();
			}
		},

		OPEN("open()") {
			@Override
			void on(CallMatrixRun run) {
				run.open("GET", "second");
			}
		},

		OPEN_SEND("open(), send()") {
			@Override
			void on(CallMatrixRun run) {
				run.open("POST", "second");
				run.xhr.send("123");
			}
		},

		SEND("send()") {
			@Override
			void on(CallMatrixRun run) {
				run.xhr.send("123");
			}
		},

		TIMEOUT_1MS("timeout = 1") {
			@Override
			void on(CallMatrixRun run) {
				run.xhr.setTimeout(1);
			}
		},

		TIMEOUT_CHANGED("timeout = 60000") {
			@Override
			void on(CallMatrixRun run) {
				run.xhr.setTimeout(60_000);
			}
		},

		THROW("throws") {
			@Override
			void on(CallMatrixRun run) {
				throw new IllegalStateException("on purpose");
			}
		},

		OVERRIDE_MIME_TYPE("overrideMimeType()") {
			@Override
			void on(CallMatrixRun run) {
				run.xhr.overrideMimeType("text/plain");
			}
		},

		SET_RESPONSE_TYPE("responseType = text") {
			@Override
			void on(CallMatrixRun run) {
				run.xhr.setResponseType(XMLHttpRequestResponseType.TEXT);
			}
		};

		final String label;

		Act(String label) {
			this.label = label;
		}

		abstract void on(CallMatrixRun run);

		/** Whether it replaces a request that is under way. */
		boolean opens() {
			return this == OPEN || this == OPEN_SEND;
		}

	}

}
