package io.github.springxhr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The requests that a log of {@link CallMatrixRun} tells of, each with its own events,
 * and what is wrong with them.
 */
final class CallLog {

	private static final Set<String> ENDS = Set.of("load", "error", "abort", "timeout");

	private final List<Request> requests = new ArrayList<>();

	private final List<String> violations = new ArrayList<>();

	private boolean refused;

	private CallLog() {
	}

	/**
	 * Read a log.
	 * @param entries the events and notes
	 * @param replacedAt how many of them come before {@code open()} has replaced the
	 * request, or -1 if that is not known
	 */
	static CallLog of(List<String> entries, int replacedAt) {
		CallLog log = new CallLog();
		for (int i = 0; i < entries.size(); i++) {
			if (i == replacedAt) {
				log.replace();
			}
			log.add(entries.get(i));
		}
		log.replace();
		return log;
	}

	/** Read a line of the table. */
	static CallLog of(String line) {
		return of(Arrays.asList(line.substring(0, line.indexOf(" => ")).split(" \\| ")), -1);
	}

	private void add(String entry) {
		String type = entry.split("[( ]", 2)[0];
		switch (type) {
			case "act", "listener", "script" -> {
			}
			case "refused" -> this.refused = true;
			case "readystatechange" -> readyStateChange(entry);
			case "loadstart" -> {
				replace();
				this.requests.add(new Request());
			}
			case "loadend" -> last(entry, (request) -> request.end != null && !request.ended).ended = true;
			default -> {
				if (type.startsWith("upload.")) {
					upload(type.substring("upload.".length()), entry);
				}
				else if (ENDS.contains(type)) {
					last(entry, (request) -> request.over && request.end == null).end = type;
				}
				else {
					underWay(entry);
				}
			}
		}
	}

	private void readyStateChange(String entry) {
		switch (entry.charAt(entry.length() - 1)) {
			case '1' -> replace();
			case '4' -> underWay(entry).over = true;
			default -> underWay(entry).answered = true;
		}
	}

	private void upload(String type, String entry) {
		if (type.equals("loadend")) {
			last(entry, (request) -> request.upload.stream().anyMatch(ENDS::contains)).upload.add(type);
			return;
		}
		boolean failed = ENDS.contains(type) && !type.equals("load");
		Request request = failed ? last(entry, (candidate) -> candidate.over && candidate.end == null)
				: underWay(entry);
		request.upload.add(type);
	}

	/** What is under way is replaced; what is over has its last events all the same. */
	private void replace() {
		this.requests.stream().filter((request) -> !request.over).forEach((request) -> request.replaced = true);
	}

	/** The only one that may fire anything but its last events. */
	private Request underWay(String entry) {
		Request newest = this.requests.isEmpty() ? null : this.requests.get(this.requests.size() - 1);
		if (newest == null || newest.over || newest.replaced) {
			this.violations.add(entry + " when nothing is under way");
			return new Request();
		}
		return newest;
	}

	private Request last(String entry, Predicate<Request> condition) {
		for (int i = this.requests.size() - 1; i >= 0; i--) {
			if (condition.test(this.requests.get(i))) {
				return this.requests.get(i);
			}
		}
		this.violations.add(entry + " of no request");
		return new Request();
	}

	/** What is wrong with the requests' own events. */
	List<String> violations() {
		List<String> all = new ArrayList<>(this.violations);
		for (Request request : this.requests) {
			if (!request.replaced && (request.end == null || !request.ended)) {
				all.add("no end of " + request);
			}
		}
		return all;
	}

	/**
	 * What is wrong with the uploads' events.
	 * @param bodies whether a request has a body
	 */
	List<String> violationsOfUploads(List<Boolean> bodies) {
		List<String> all = new ArrayList<>();
		for (int i = 0; i < this.requests.size(); i++) {
			Request request = this.requests.get(i);
			if (!request.hasRightUpload(bodies.get(i))) {
				all.add(request.toString());
			}
		}
		return all;
	}

	int loads() {
		return (int) this.requests.stream().filter((request) -> "load".equals(request.end)).count();
	}

	int replaced() {
		return (int) this.requests.stream().filter((request) -> request.replaced).count();
	}

	/** How each request has ended, after whether the call was refused. */
	String summary() {
		List<String> parts = new ArrayList<>();
		if (this.refused) {
			parts.add("refused");
		}
		this.requests.forEach((request) -> parts.add(request.replaced ? "replaced" : request.end));
		return String.join(", ", parts);
	}

	/**
	 * What one request has fired.
	 */
	private static final class Request {

		private final List<String> upload = new ArrayList<>();

		/** Whether the head of the response is there, thus the body sent. */
		private boolean answered;

		/** In state 4, with its last events to come. */
		private boolean over;

		private String end;

		private boolean ended;

		private boolean replaced;

		boolean hasRightUpload(boolean body) {
			List<String> ends = this.upload.stream().filter(ENDS::contains).toList();
			long loadends = this.upload.stream().filter("loadend"::equals).count();
			if (!body) {
				return this.upload.isEmpty();
			}
			boolean unfinished = this.replaced && ends.isEmpty() && loadends == 0 && !this.answered;
			boolean finished = ends.size() == 1 && loadends == 1
					&& this.upload.indexOf("loadend") == this.upload.size() - 1
					&& this.upload.indexOf(ends.get(0)) == this.upload.size() - 2;
			boolean same = finished && ends.get(0).equals(this.answered ? "load" : this.end);
			return unfinished || (finished && (same || ends.get(0).equals("load")));
		}

		@Override
		public String toString() {
			return this.upload + " " + this.end + " " + this.ended + " " + this.replaced;
		}

	}

}
