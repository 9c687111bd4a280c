package io.github.springxhr.autoconfigure;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;

/**
 * Sends requests and waits for their end, ten seconds at most.
 */
final class Requests {

	private Requests() {
	}

	static XMLHttpRequest get(XhrFactory factory, String url) throws InterruptedException {
		XMLHttpRequest request = factory.create();
		request.open("GET", url);
		send(request);
		return request;
	}

	/**
	 * Send a GET and give it a millisecond.
	 */
	static XMLHttpRequest sent(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.setTimeout(1);
		request.open("GET", url);
		request.sendAsync(null).exceptionally((ex) -> request).join();
		return request;
	}

	static EventLog send(XMLHttpRequest request) throws InterruptedException {
		EventLog log = EventLog.ofRequest(request);
		request.send();
		return log.awaitEnd();
	}

}
