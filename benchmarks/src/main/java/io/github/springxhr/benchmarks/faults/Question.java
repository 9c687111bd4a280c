package io.github.springxhr.benchmarks.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.springxhr.reliability.Caller;
import io.github.springxhr.reliability.Expectations;
import io.github.springxhr.reliability.Fault;
import io.github.springxhr.reliability.FaultCatalog;
import io.github.springxhr.reliability.Position;
import io.github.springxhr.reliability.Transport;
import io.github.springxhr.reliability.Upload;

/**
 * What all clients are asked: a request that meets a fault.
 *
 * @param fault the fault
 * @param position which exchange it happens to
 * @param transport what it happens over
 * @param method the method of the request
 */
record Question(Fault fault, Position position, Transport transport, String method) {

	private static final Map<String, String[]> EXPECTED = Expectations.read();

	private static final byte[] BODY = { '1', '2', '3', '4', '5' };

	/**
	 * All of them: every fault that any client can meet, on the first connection of a
	 * client, over http or, where it takes TLS, https; and on a connection that was kept
	 * where that makes the difference.
	 */
	static List<Question> all() {
		List<Question> all = new ArrayList<>();
		List<Fault> faults = FaultCatalog.all().stream().filter((fault) -> !fault.isOfXhr()).toList();
		for (Fault fault : faults) {
			if (isAsked(fault, Position.FIRST)) {
				all.add(new Question(fault, Position.FIRST, transport(fault), fault.method(Position.FIRST)));
			}
			else {
				kept(all, fault);
			}
		}
		faults.stream()
			.filter((fault) -> fault.name().endsWith("before the response"))
			.forEach((fault) -> kept(all, fault));
		return all;
	}

	private static void kept(List<Question> all, Fault fault) {
		for (String method : new String[] { "GET", "POST" }) {
			all.add(new Question(fault, Position.REUSED, Transport.HTTP, method));
		}
	}

	private static boolean isAsked(Fault fault, Position position) {
		return fault.senseless(position, transport(fault), Caller.NONE) == null;
	}

	private static Transport transport(Fault fault) {
		return (fault.senseless(Position.REDIRECT, Transport.HTTP, Caller.NONE) != null
				&& fault.senseless(Position.REDIRECT, Transport.HTTPS, Caller.NONE) == null) ? Transport.HTTPS
						: Transport.HTTP;
	}

	String group() {
		return (this.position == Position.REUSED) ? "connections" : this.fault.group();
	}

	String label() {
		return (this.position == Position.REUSED)
				? this.method + ", kept connection: " + this.fault.name().replace("kept connection ", "")
				: this.fault.name();
	}

	/** What is expected from the standards. */
	private String expected() {
		if (isPost() && this.fault.name().endsWith("before the response")) {
			// a kept connection makes no difference to it
			return expected(Position.FIRST);
		}
		return expected(this.position);
	}

	private String expected(Position position) {
		String[] row = EXPECTED.get(this.fault.toString());
		if (row == null) {
			throw new IllegalStateException("Nothing is expected of " + this.fault);
		}
		return row[position.ordinal()];
	}

	/** Which error it is does not matter. */
	boolean isErrorExpected() {
		return !expected().startsWith("load ");
	}

	int expectedStatus() {
		return Integer.parseInt(expected().split(" ")[1]);
	}

	String expectedBody() {
		String[] parts = expected().split(" ");
		return (parts.length > 2) ? parts[2] : "";
	}

	/** What is expected, in the words of an observation. */
	String expectedText() {
		if (isErrorExpected()) {
			return "error";
		}
		return expectedStatus() + ", " + Body.of(expectedBody().getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * The operating system decides what a client sees first: which error it is does not
	 * matter.
	 */
	boolean isRacy() {
		return expected().contains(" or ");
	}

	/** The fault happens to a connection that is at rest. */
	boolean isLate() {
		return this.fault.name().startsWith("late ");
	}

	boolean isPost() {
		return this.method.equals("POST");
	}

	boolean isRedirect() {
		return this.fault.group().equals("redirects");
	}

	Order order(String url) {
		Upload upload = (this.fault.upload() != null) ? this.fault.upload() : Upload.of(BODY);
		return new Order(this.method, url, isPost() ? upload : null);
	}

}
