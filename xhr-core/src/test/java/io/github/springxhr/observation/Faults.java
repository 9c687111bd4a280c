package io.github.springxhr.observation;

import java.time.Duration;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;

/**
 * What servers do to the requests of these tests, and how a request ends early.
 */
final class Faults {

	/** Begins a body of 100 bytes. */
	static final String HALF_A_RESPONSE = Responses.head("200 OK", "Content-Length: 100") + "first line\n";

	private Faults() {
	}

	static Script answer(String response) {
		return (connection) -> connection.readRequest().send(response);
	}

	static Script truncated() {
		return (connection) -> connection.readRequest().send(HALF_A_RESPONSE).truncate();
	}

	/** Never ends its response, so that the client must. */
	static Script stalled() {
		return (connection) -> connection.readRequest().send(HALF_A_RESPONSE).awaitPeerClosed();
	}

	static Script silent() {
		return (connection) -> connection.readRequest().open("received").awaitPeerClosed();
	}

	static Script slowDrip() {
		return (connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 1000"))
			.drip(new byte[1000], 1, Duration.ofMillis(20));
	}

	static void abortInBody(XMLHttpRequest request) {
		request.setOnprogress((event) -> request.abort());
	}

	/**
	 * The time runs from {@code send()}, but cannot be up before the head is there.
	 */
	static void timeOutInBody(XMLHttpRequest request) {
		request.setOnreadystatechange((event) -> {
			if (request.getReadyState() == XMLHttpRequest.HEADERS_RECEIVED) {
				request.setTimeout(200);
			}
		});
	}

}
