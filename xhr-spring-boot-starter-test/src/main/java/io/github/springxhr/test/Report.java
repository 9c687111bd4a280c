package io.github.springxhr.test;

import java.util.List;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;

/**
 * What the message of a failed assertion says about a request: its state, its failure,
 * its events if they were recorded. It shows no URL, header or body on its own account,
 * as there may be secrets in them.
 */
final class Report {

	private final XMLHttpRequest request;

	private final @Nullable List<String> events;

	private Report(XMLHttpRequest request, @Nullable List<String> events) {
		this.request = request;
		this.events = events;
	}

	static Report of(XMLHttpRequest request, @Nullable List<String> events) {
		return new Report(request, events);
	}

	String text(String expectation) {
		FetchFailure failure = this.request.getFailure();
		StringBuilder text = new StringBuilder(expectation);
		text.append("\n  readyState: ").append(this.request.getReadyState());
		text.append("\n  status: ").append(this.request.getStatus());
		text.append("\n  failure: ").append((failure != null) ? failure : "none");
		if (this.events != null) {
			text.append("\n  events:").append(this.events.isEmpty() ? " none" : "");
			this.events.forEach((event) -> text.append("\n    ").append(event));
		}
		return text.toString();
	}

}
