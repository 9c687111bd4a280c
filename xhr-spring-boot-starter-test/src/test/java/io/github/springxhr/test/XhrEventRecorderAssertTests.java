package io.github.springxhr.test;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

import static io.github.springxhr.test.Requests.assertFails;
import static io.github.springxhr.test.Requests.recorderOf;
import static io.github.springxhr.test.XhrAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class XhrEventRecorderAssertTests {

	private static final String STATE = "\n  readyState: 0\n  status: 0\n  failure: none\n  events:";

	private static final String ALL = STATE + "\n    loadstart(0,0,false)\n    upload.progress(5,12,true)"
			+ "\n    progress(1,2,true)\n    progress(2,2,true)\n    load(2,2,true)\n    loadend(2,2,true)";

	private final XhrEventRecorder recorder = recorderOf("loadstart 0/0", "upload.progress 5/12", "progress 1/2",
			"progress 2/2", "load 2/2", "loadend 2/2");

	@Test
	void whatHoldsPasses() {
		assertThat(this.recorder)
			.containsExactly("loadstart(0,0,false)", "upload.progress(5,12,true)", "progress(1,2,true)",
					"progress(2,2,true)", "load(2,2,true)", "loadend(2,2,true)")
			.containsSubsequence("loadstart(0,0,false)", "load(2,2,true)")
			.doesNotContain(XhrEventType.ERROR, XhrEventType.ABORT, XhrEventType.TIMEOUT)
			.endsExactlyOnceWith(XhrEventType.LOAD)
			.hasProgressThatNeverDecreases()
			.mergingProgress()
			.containsExactly("loadstart(0,0,false)", "upload.progress(5,12,true)", "progress(2,2,true)",
					"load(2,2,true)", "loadend(2,2,true)");
		assertThat(recorderOf()).isEmpty().hasNoUploadEvents();
	}

	@Test
	void theFirstDifferenceIsNamed() {
		assertFails(
				() -> assertThat(this.recorder).mergingProgress()
					.containsExactly("loadstart(0,0,false)", "upload.progress(12,12,true)"),
				"""
						Expecting exactly the events
						    loadstart(0,0,false)
						    upload.progress(12,12,true)
						but event 1 should be 'upload.progress(12,12,true)' and is 'upload.progress(5,12,true)' of"""
						+ ALL);
	}

	@Test
	void aMissingLastEventIsNamed() {
		assertFails(() -> assertThat(recorderOf()).containsExactly("load(0,0,false)"), """
				Expecting exactly the events
				    load(0,0,false)
				but event 0 should be 'load(0,0,false)' and is none of""" + STATE + " none");
	}

	@Test
	void anEventTooManyIsNamed() {
		assertFails(() -> assertThat(recorderOf("load 1/1")).containsExactly(),
				"Expecting exactly the events\n    \nbut event 0 should be none and is 'load(1,1,true)' of" + STATE
						+ "\n    load(1,1,true)");
	}

	@Test
	void toolsGetBothListsToCompare() {
		assertThatExceptionOfType(AssertionFailedError.class)
			.isThrownBy(() -> assertThat(recorderOf("load 1/1")).containsExactly("error(0,0,false)"))
			.satisfies((ex) -> assertThat(ex.getActual().getStringRepresentation()).isEqualTo("[load(1,1,true)]"))
			.satisfies((ex) -> assertThat(ex.getExpected().getStringRepresentation()).isEqualTo("[error(0,0,false)]"));
	}

	@Test
	void theDescriptionComesFirst() {
		assertFails(() -> assertThat(recorderOf("load 1/1")).as("100%% of %s", "it").isEmpty(),
				"[100% of it] Expecting no event" + STATE + "\n    load(1,1,true)");
	}

	@Test
	void aSubsequenceHasAnOrder() {
		assertFails(() -> assertThat(this.recorder).containsSubsequence("load(2,2,true)", "loadstart(0,0,false)"), """
				Expecting in this order the events
				    load(2,2,true)
				    loadstart(0,0,false)
				but 'loadstart(0,0,false)' is missing after 'load(2,2,true)' in""" + ALL);
	}

	@Test
	void aSubsequenceThatDoesNotBegin() {
		assertFails(() -> assertThat(recorderOf()).containsSubsequence("load(2,2,true)"), """
				Expecting in this order the events
				    load(2,2,true)
				but 'load(2,2,true)' is missing in""" + STATE + " none");
	}

	@Test
	void anEmptySubsequenceIsAMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> assertThat(this.recorder).containsSubsequence());
	}

	@Test
	void anUnwantedEventIsRefused() {
		assertFails(() -> assertThat(this.recorder).doesNotContain(XhrEventType.ERROR, XhrEventType.LOAD),
				"Expecting none of the events [error, load]" + ALL);
	}

	@Test
	void anEventOfTheUploadIsNotOneOfTheRequest() {
		assertThat(recorderOf("upload.error 0/0")).doesNotContain(XhrEventType.ERROR);
		assertFails(() -> assertThat(recorderOf("upload.error 0/0")).hasNoUploadEvents(),
				"Expecting no event of the upload" + STATE + "\n    upload.error(0,0,false)");
	}

	@ParameterizedTest
	@EnumSource(names = { "LOAD", "ERROR", "TIMEOUT", "ABORT" })
	void oneEndIsOne(XhrEventType type) {
		assertThat(recorderOf("loadstart 0/0", "upload.abort 0/0", "upload.loadend 0/0", type.eventName() + " 0/0",
				"loadend 0/0"))
			.endsExactlyOnceWith(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "loadstart 0/0", "load 0/0", "loadend 0/0", "error 0/0, loadend 0/0",
			"load 0/0, load 0/0, loadend 0/0", "load 0/0, loadend 0/0, loadend 0/0", "load 0/0, error 0/0, loadend 0/0",
			"loadend 0/0, load 0/0", "load 0/0, loadend 0/0, progress 1/1", "upload.load 0/0, upload.loadend 0/0",
			"load 0/0, loadend 0/0, load 0/0, loadend 0/0" })
	void noneOrTwoEndsAreNotOne(String events) {
		XhrEventRecorder recorder = events.isEmpty() ? recorderOf() : recorderOf(events.split(", "));
		String shown = events.isEmpty() ? " none" : "\n    " + String.join("\n    ", recorder.entries());
		assertFails(() -> assertThat(recorder).endsExactlyOnceWith(XhrEventType.LOAD),
				"Expecting a request that ends exactly once with load" + STATE + shown);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "LOAD", "ERROR", "TIMEOUT", "ABORT" })
	void whatIsNoEndIsAMistake(XhrEventType type) {
		assertThatIllegalArgumentException().isThrownBy(() -> assertThat(this.recorder).endsExactlyOnceWith(type))
			.withMessage("'%s' does not end a request", type.eventName());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			progress 5/9, progress 5/9, progress 6/9
			progress 5/9, loadstart 0/0, progress 1/9
			progress 5/9, upload.progress 1/9
			progress 5/9, load 0/0
			""")
	void progressThatGrows(String events) {
		assertThat(recorderOf(events.split(", "))).hasProgressThatNeverDecreases();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "upload." })
	void progressThatShrinks(String prefix) {
		XhrEventRecorder recorder = recorderOf(prefix + "progress 5/9", prefix + "progress 4/9");
		assertFails(() -> assertThat(recorder).hasProgressThatNeverDecreases(),
				"Expecting progress that never decreases, but '" + prefix + "progress(4,9,true)' comes after 5 bytes in"
						+ STATE + "\n    " + prefix + "progress(5,9,true)\n    " + prefix + "progress(4,9,true)");
	}

	@Test
	void assertionsOnTheRequestShowItsEvents() {
		assertFails(() -> assertThat(recorderOf("load 1/1")).as("100%").request().succeeded(),
				"[100%] Expecting a request that succeeded" + STATE + "\n    load(1,1,true)");
	}

	@Test
	void assertJItselfFindsTheAssertions() {
		XhrEventRecorderAssert found = org.assertj.core.api.Assertions.assertThat(recorderOf("load 1/1"));
		assertFails(found::isEmpty, "Expecting no event" + STATE + "\n    load(1,1,true)");
	}

	@Test
	void softAssertionsCollectFailures() {
		SoftAssertions softly = new SoftAssertions();
		softly.proxy(XhrEventRecorderAssert.class, XhrEventRecorder.class, this.recorder)
			.isEmpty()
			.endsExactlyOnceWith(XhrEventType.ERROR);
		softly.proxy(XMLHttpRequestAssert.class, XMLHttpRequest.class, this.recorder.request()).hasStatus(200).failed();
		assertThat(softly.errorsCollected()).hasSize(4);
	}

	@Test
	void nullIsNoRecorder() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat((XhrEventRecorder) null).containsExactly())
			.withMessageContaining("Expecting actual not to be null");
	}

}
