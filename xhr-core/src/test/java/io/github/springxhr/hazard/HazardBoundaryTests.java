package io.github.springxhr.hazard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.form.FormData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody who chooses a value of a form can end its part.
 */
class HazardBoundaryTests {

	private static final int BODIES = 300;

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("")));

	@Test
	void boundariesCannotBeGuessed() throws InterruptedException {
		List<String> boundaries = boundaries("x", BODIES);
		assertThat(boundaries).doesNotHaveDuplicates();
		String prefix = "----XhrFormBound";
		for (int i = 0; i < 21; i++) {
			int position = prefix.length() + i;
			assertThat(boundaries.stream().map((boundary) -> boundary.charAt(position)).distinct().count())
				.as("characters at %d", position)
				.isGreaterThan(40);
		}
	}

	/** Neither is the next one that which a server has seen. */
	@ParameterizedTest
	@ValueSource(strings = { "--%s", "--%s--", "\r\n--%s\r\n", "\r\n--%s--\r\n", "\r\n--%s\r\nX-Evil: evil\r\n\r\nevil",
			"----XhrFormBound", "--" })
	void valueThatEndsAnEarlierBody(String value) throws InterruptedException {
		String earlier = boundaries("x", 1).get(0);
		String text = String.format(value, earlier);
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			RecordedRequest request = post(server, victim, text);
			String boundary = boundary(request);
			assertThat(boundary).isNotEqualTo(earlier);
			assertThat(text).doesNotContain(boundary);
			assertThat(request.bodyText().split("--" + boundary, -1)).hasSize(3);
			assertThat(request.bodyText()).contains("\r\n\r\n" + text + "\r\n--" + boundary + "--\r\n");
		}
	}

	private static List<String> boundaries(String value, int count) throws InterruptedException {
		Set<String> boundaries = new HashSet<>();
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			for (int i = 0; i < count; i++) {
				FormData form = form(value);
				victim.send("POST", server.url("/"), (xhr) -> xhr.send(form));
			}
			server.requests().forEach((request) -> boundaries.add(boundary(request)));
		}
		assertThat(boundaries).hasSize(count);
		return List.copyOf(boundaries);
	}

	private static RecordedRequest post(FaultServer server, Victim victim, String value) throws InterruptedException {
		XMLHttpRequest xhr = victim.send("POST", server.url("/"), (request) -> request.send(form(value)));
		assertThat(xhr.getFailure()).isNull();
		return server.requests().get(0);
	}

	private static FormData form(String value) {
		FormData form = new FormData();
		form.append("a", value);
		return form;
	}

	private static String boundary(RecordedRequest request) {
		return request.header("Content-Type").replaceFirst(".*boundary=", "");
	}

}
