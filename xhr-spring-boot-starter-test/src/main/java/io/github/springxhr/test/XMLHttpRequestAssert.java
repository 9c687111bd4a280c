package io.github.springxhr.test;

import java.util.List;
import java.util.Objects;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.http.CorsFailure;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a request. A failed one shows the request's state and its failure, and
 * its events if it was come by through {@link XhrEventRecorderAssert#request()}.
 *
 * @since 0.1.0
 */
public class XMLHttpRequestAssert extends AbstractObjectAssert<XMLHttpRequestAssert, XMLHttpRequest> {

	private final @Nullable List<String> events;

	/**
	 * Create assertions on a request.
	 * @param actual the request
	 */
	public XMLHttpRequestAssert(XMLHttpRequest actual) {
		this(actual, null);
	}

	XMLHttpRequestAssert(XMLHttpRequest actual, @Nullable List<String> events) {
		super(actual, XMLHttpRequestAssert.class);
		this.events = events;
	}

	/**
	 * Verify the state.
	 * @param expected such as {@link XMLHttpRequest#DONE}
	 * @return this
	 */
	public XMLHttpRequestAssert hasReadyState(int expected) {
		isNotNull();
		return verifyEqual("readyState", this.actual.getReadyState(), expected);
	}

	/**
	 * Verify the response's status.
	 * @param expected the status; 0 if there is no response
	 * @return this
	 */
	public XMLHttpRequestAssert hasStatus(int expected) {
		isNotNull();
		return verifyEqual("status", this.actual.getStatus(), expected);
	}

	/**
	 * Verify the response's reason phrase.
	 * @param expected the phrase
	 * @return this
	 */
	public XMLHttpRequestAssert hasStatusText(String expected) {
		isNotNull();
		return verifyEqual("statusText", this.actual.getStatusText(), expected);
	}

	/**
	 * Verify the URL that the response came from, redirects followed.
	 * @param expected the URL, without a fragment; empty if there is no response
	 * @return this
	 */
	public XMLHttpRequestAssert hasResponseURL(String expected) {
		isNotNull();
		return verifyEqual("responseURL", this.actual.getResponseURL(), expected);
	}

	/**
	 * Verify the response's body as text. Fails if the response type is neither
	 * {@link XMLHttpRequestResponseType#EMPTY} nor
	 * {@link XMLHttpRequestResponseType#TEXT}.
	 * @param expected the text
	 * @return this
	 */
	public XMLHttpRequestAssert hasResponseText(String expected) {
		isNotNull();
		XMLHttpRequestResponseType type = this.actual.getResponseType();
		verify(type == XMLHttpRequestResponseType.EMPTY || type == XMLHttpRequestResponseType.TEXT,
				"Expecting a request with a responseText, but its responseType is \"" + type.getValue() + "\"");
		return verifyEqual("responseText", this.actual.getResponseText(), expected);
	}

	/**
	 * Verify that the response has a header, and that it is not hidden by CORS.
	 * @param name its name, in any case
	 * @return this
	 */
	public XMLHttpRequestAssert hasHeader(String name) {
		isNotNull();
		return verify(this.actual.getResponseHeader(name) != null, "Expecting a response with the header " + name);
	}

	/**
	 * Verify a header of the response.
	 * @param name its name, in any case
	 * @param expected its values, joined by a comma and a space
	 * @return this
	 */
	public XMLHttpRequestAssert hasHeader(String name, String expected) {
		hasHeader(name);
		return verifyEqual("response header " + name, this.actual.getResponseHeader(name), expected);
	}

	/**
	 * Verify that the response does not have a header, or that CORS hides it.
	 * @param name its name, in any case
	 * @return this
	 */
	public XMLHttpRequestAssert doesNotHaveHeader(String name) {
		isNotNull();
		return verify(this.actual.getResponseHeader(name) == null, "Expecting a response without the header " + name);
	}

	/**
	 * Verify that the response has come in completely, whatever its status.
	 * @return this
	 */
	public XMLHttpRequestAssert succeeded() {
		isNotNull();
		return verify(this.actual.getReadyState() == XMLHttpRequest.DONE && this.actual.getFailure() == null,
				"Expecting a request that succeeded");
	}

	/**
	 * Verify that the request failed, timed out or was aborted.
	 * @return this
	 */
	public XMLHttpRequestAssert failed() {
		isNotNull();
		return verify(this.actual.getFailure() != null, "Expecting a request that failed");
	}

	/**
	 * Verify why the request failed.
	 * @param expected the kind of its failure
	 * @return this
	 */
	public XMLHttpRequestAssert failedWith(FailureKind expected) {
		isNotNull();
		FetchFailure failure = this.actual.getFailure();
		return verify(failure != null && failure.kind() == expected,
				"Expecting a request that failed with " + expected.tag());
	}

	/**
	 * Verify why, and how far along, the request failed.
	 * @param expected the kind of its failure
	 * @param phase what was being done
	 * @return this
	 */
	public XMLHttpRequestAssert failedWith(FailureKind expected, FetchFailure.Phase phase) {
		failedWith(expected);
		FetchFailure failure = Objects.requireNonNull(this.actual.getFailure());
		return verify(failure.phase() == phase,
				"Expecting a request that failed with " + expected.tag() + " while " + phase.description());
	}

	/**
	 * Verify which check of the CORS protocol the response did not pass.
	 * @param expected the check
	 * @return this
	 */
	public XMLHttpRequestAssert failedCors(CorsFailure.Step expected) {
		isNotNull();
		FetchFailure failure = this.actual.getFailure();
		CorsFailure cors = (failure != null) ? failure.cors() : null;
		String found = (cors != null) ? ", but it was " + cors.step() : "";
		return verify(cors != null && cors.step() == expected,
				"Expecting a request that failed the CORS check " + expected + found);
	}

	private XMLHttpRequestAssert verifyEqual(String what, @Nullable Object actual, Object expected) {
		if (!expected.equals(actual)) {
			String text = "Expecting a request with " + what + "\n  " + expected + "\nbut it was\n  " + actual + "\nof";
			throw failureWithActualExpected(actual, expected, "%s", report(text));
		}
		return this;
	}

	private XMLHttpRequestAssert verify(boolean holds, String expectation) {
		if (!holds) {
			throw failure("%s", report(expectation));
		}
		return this;
	}

	private String report(String expectation) {
		return Report.of(this.actual, this.events).text(expectation);
	}

}
