package io.github.springxhr.test;

import io.github.springxhr.XMLHttpRequest;

/**
 * Entry points of the assertions on requests and their events. They can be imported
 * statically beside those of AssertJ.
 *
 * @since 0.1.0
 */
public final class XhrAssertions {

	private XhrAssertions() {
	}

	/**
	 * Return assertions on a request.
	 * @param actual the request
	 * @return the assertions
	 */
	public static XMLHttpRequestAssert assertThat(XMLHttpRequest actual) {
		return new XMLHttpRequestAssert(actual);
	}

	/**
	 * Return assertions on the events of a request.
	 * @param actual the recorder of the events
	 * @return the assertions
	 */
	public static XhrEventRecorderAssert assertThat(XhrEventRecorder actual) {
		return new XhrEventRecorderAssert(actual);
	}

}
