package io.github.springxhr.test;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.springxhr.XhrEventType;
import io.github.springxhr.test.RecordedEvent.Target;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on the events of a request. A failed one shows all events and the request's
 * failure. Events are written as literals: {@code "readystatechange 1"},
 * {@code "upload.progress(5,12,true)"}.
 *
 * @since 0.1.0
 */
public class XhrEventRecorderAssert extends AbstractAssert<XhrEventRecorderAssert, XhrEventRecorder> {

	private static final Set<XhrEventType> ENDS = EnumSet.of(XhrEventType.LOAD, XhrEventType.ERROR,
			XhrEventType.TIMEOUT, XhrEventType.ABORT);

	private boolean merging;

	/**
	 * Create assertions on the events of a request.
	 * @param actual the recorder of the events
	 */
	public XhrEventRecorderAssert(XhrEventRecorder actual) {
		super(actual, XhrEventRecorderAssert.class);
	}

	/**
	 * Leave out repeated progress, whose number depends on timing, in the assertions that
	 * follow.
	 * @return this
	 * @see XhrEventRecorder#mergedEntries()
	 */
	public XhrEventRecorderAssert mergingProgress() {
		this.merging = true;
		return this;
	}

	/**
	 * Verify all events and their order.
	 * @param expected the literals of the events
	 * @return this
	 */
	public XhrEventRecorderAssert containsExactly(String... expected) {
		List<String> actual = entries();
		List<String> all = List.of(expected);
		if (!actual.equals(all)) {
			int first = firstDifference(actual, all);
			throw failureWithActualExpected(actual, all, "%s",
					report("Expecting exactly the events\n    " + String.join("\n    ", all) + "\nbut event " + first
							+ " should be " + at(all, first) + " and is " + at(actual, first) + " of"));
		}
		return this;
	}

	private static int firstDifference(List<String> actual, List<String> expected) {
		int index = 0;
		while (index < actual.size() && index < expected.size() && actual.get(index).equals(expected.get(index))) {
			index++;
		}
		return index;
	}

	private static String at(List<String> entries, int index) {
		return (index < entries.size()) ? "'" + entries.get(index) + "'" : "none";
	}

	/**
	 * Verify that there are certain events in this order, with or without others between
	 * them.
	 * @param expected the literals of the events, at least one
	 * @return this
	 */
	public XhrEventRecorderAssert containsSubsequence(String... expected) {
		if (expected.length == 0) {
			throw new IllegalArgumentException("At least one event is needed");
		}
		int found = 0;
		for (String entry : entries()) {
			if (found < expected.length && entry.equals(expected[found])) {
				found++;
			}
		}
		return verify(found == expected.length, "Expecting in this order the events\n    "
				+ String.join("\n    ", expected) + ((found < expected.length) ? missing(expected, found) : ""));
	}

	private static String missing(String[] expected, int found) {
		return "\nbut '" + expected[found] + "' is missing"
				+ ((found > 0) ? " after '" + expected[found - 1] + "'" : "") + " in";
	}

	/**
	 * Verify that none of certain events was fired at the request.
	 * @param types the events
	 * @return this
	 */
	public XhrEventRecorderAssert doesNotContain(XhrEventType... types) {
		isNotNull();
		List<XhrEventType> unexpected = Arrays.asList(types);
		return verify(ofRequest().stream().map(RecordedEvent::type).noneMatch(unexpected::contains),
				"Expecting none of the events " + unexpected.stream().map(XhrEventType::eventName).toList());
	}

	/**
	 * Verify that no event was fired.
	 * @return this
	 */
	public XhrEventRecorderAssert isEmpty() {
		return verify(entries().isEmpty(), "Expecting no event");
	}

	/**
	 * Verify that no event was fired at the upload.
	 * @return this
	 */
	public XhrEventRecorderAssert hasNoUploadEvents() {
		isNotNull();
		return verify(this.actual.events().stream().noneMatch((event) -> event.target() == Target.UPLOAD),
				"Expecting no event of the upload");
	}

	/**
	 * Verify that the request has ended once, and how: of {@code load}, {@code error},
	 * {@code timeout} and {@code abort} there is this event only, once, and then one
	 * {@code loadend}, which is the request's last event.
	 * @param expected {@link XhrEventType#LOAD}, {@link XhrEventType#ERROR},
	 * {@link XhrEventType#TIMEOUT} or {@link XhrEventType#ABORT}
	 * @return this
	 */
	public XhrEventRecorderAssert endsExactlyOnceWith(XhrEventType expected) {
		if (!ENDS.contains(expected)) {
			throw new IllegalArgumentException("'" + expected.eventName() + "' does not end a request");
		}
		isNotNull();
		List<XhrEventType> types = ofRequest().stream().map(RecordedEvent::type).toList();
		List<XhrEventType> ends = types.stream()
			.filter((type) -> ENDS.contains(type) || type == XhrEventType.LOADEND)
			.toList();
		boolean last = !types.isEmpty() && types.get(types.size() - 1) == XhrEventType.LOADEND;
		return verify(last && ends.equals(List.of(expected, XhrEventType.LOADEND)),
				"Expecting a request that ends exactly once with " + expected.eventName());
	}

	/**
	 * Verify that {@code progress} never tells of fewer bytes than the one before it, at
	 * the request and at its upload, from one {@code loadstart} to the next.
	 * @return this
	 */
	public XhrEventRecorderAssert hasProgressThatNeverDecreases() {
		isNotNull();
		for (Target target : Target.values()) {
			long loaded = 0;
			for (RecordedEvent event : progressAndStarts(target)) {
				verify(event.loaded() >= loaded || event.type() == XhrEventType.LOADSTART,
						"Expecting progress that never decreases, but '" + event + "' comes after " + loaded
								+ " bytes in");
				loaded = event.loaded();
			}
		}
		return this;
	}

	private List<RecordedEvent> progressAndStarts(Target target) {
		Set<XhrEventType> types = EnumSet.of(XhrEventType.LOADSTART, XhrEventType.PROGRESS);
		return this.actual.events()
			.stream()
			.filter((event) -> event.target() == target && types.contains(event.type()))
			.toList();
	}

	/**
	 * Return assertions on the request, whose messages show its events as well.
	 * @return the assertions
	 */
	public XMLHttpRequestAssert request() {
		isNotNull();
		return new XMLHttpRequestAssert(this.actual.request(), this.actual.entries()).as(descriptionText());
	}

	private List<String> entries() {
		isNotNull();
		return this.merging ? this.actual.mergedEntries() : this.actual.entries();
	}

	private List<RecordedEvent> ofRequest() {
		return this.actual.events().stream().filter((event) -> event.target() == Target.REQUEST).toList();
	}

	private XhrEventRecorderAssert verify(boolean holds, String expectation) {
		if (!holds) {
			throw failure("%s", report(expectation));
		}
		return this;
	}

	private String report(String expectation) {
		return Report.of(this.actual.request(), this.actual.entries()).text(expectation);
	}

}
