package io.github.springxhr.test;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.http.CorsFailure;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

import static io.github.springxhr.test.Requests.assertFails;
import static io.github.springxhr.test.XhrAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.from;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class XMLHttpRequestAssertTests {

	private static final FetchFailure REFUSED = FetchFailure.of(FailureKind.CONNECT, Phase.CONNECT,
			"connection refused");

	private static final FetchFailure CORS = FetchFailure
		.of(new CorsFailure(CorsFailure.Step.ALLOW_ORIGIN, false, 200, "Access-Control-Allow-Origin", "a", null));

	private static final String LOADED = "\n  readyState: 4\n  status: 404\n  failure: none";

	private static final String FAILED = "\n  readyState: 4\n  status: 0\n"
			+ "  failure: connect while connecting: connection refused";

	private final XMLHttpRequest loaded = loaded();

	private static XMLHttpRequest loaded() {
		XMLHttpRequest request = mock(XMLHttpRequest.class);
		given(request.getReadyState()).willReturn(4);
		given(request.getStatus()).willReturn(404);
		given(request.getStatusText()).willReturn("Not Found");
		given(request.getResponseURL()).willReturn("http://localhost/a?secret");
		given(request.getResponseText()).willReturn("100% gone");
		given(request.getResponseType()).willReturn(XMLHttpRequestResponseType.EMPTY);
		given(request.getResponseHeader("X-A")).willReturn("1, 2");
		return request;
	}

	private static XMLHttpRequest failed(FetchFailure failure) {
		XMLHttpRequest request = mock(XMLHttpRequest.class);
		given(request.getReadyState()).willReturn(4);
		given(request.getFailure()).willReturn(failure);
		return request;
	}

	@Test
	void whatHoldsPasses() {
		assertThat(this.loaded).hasReadyState(XMLHttpRequest.DONE)
			.hasStatus(404)
			.hasStatusText("Not Found")
			.hasResponseURL("http://localhost/a?secret")
			.hasResponseText("100% gone")
			.hasHeader("X-A")
			.hasHeader("X-A", "1, 2")
			.doesNotHaveHeader("X-B")
			.succeeded()
			.returns(404, from(XMLHttpRequest::getStatus));
		assertThat(failed(REFUSED)).failed()
			.failedWith(FailureKind.CONNECT)
			.failedWith(FailureKind.CONNECT, Phase.CONNECT);
		assertThat(failed(CORS)).failedWith(FailureKind.CORS).failedCors(CorsFailure.Step.ALLOW_ORIGIN);
	}

	@ParameterizedTest
	@MethodSource
	void aWrongValueIsShownWithWhatItShouldBe(String what, Consumer<XMLHttpRequestAssert> assertion, String expected,
			String actual) {
		assertFails(() -> assertion.accept(assertThat(this.loaded)),
				"Expecting a request with " + what + "\n  " + expected + "\nbut it was\n  " + actual + "\nof" + LOADED);
	}

	static Stream<Arguments> aWrongValueIsShownWithWhatItShouldBe() {
		return Stream.of(wrong("readyState", (request) -> request.hasReadyState(1), "1", "4"),
				wrong("status", (request) -> request.hasStatus(200), "200", "404"),
				wrong("statusText", (request) -> request.hasStatusText("OK"), "OK", "Not Found"),
				wrong("responseURL", (request) -> request.hasResponseURL("x"), "x", "http://localhost/a?secret"),
				wrong("responseText", (request) -> request.hasResponseText("50%"), "50%", "100% gone"),
				wrong("response header X-A", (request) -> request.hasHeader("X-A", "1"), "1", "1, 2"));
	}

	private static Arguments wrong(String what, Consumer<XMLHttpRequestAssert> assertion, String expected,
			String actual) {
		return Arguments.of(what, assertion, expected, actual);
	}

	@ParameterizedTest
	@MethodSource
	void whatDoesNotHoldIsSaid(XMLHttpRequest request, Consumer<XMLHttpRequestAssert> assertion, String message) {
		assertFails(() -> assertion.accept(assertThat(request)), message);
	}

	static Stream<Arguments> whatDoesNotHoldIsSaid() {
		XMLHttpRequest unsent = Requests.create();
		String unsentState = "\n  readyState: 0\n  status: 0\n  failure: none";
		String corsState = "\n  readyState: 4\n  status: 0\n  failure: " + CORS;
		return Stream.of(says(loaded(), (it) -> it.hasHeader("X-B"), "a response with the header X-B" + LOADED),
				says(loaded(), (it) -> it.hasHeader("X-B", "1"), "a response with the header X-B" + LOADED),
				says(loaded(), (it) -> it.doesNotHaveHeader("X-A"), "a response without the header X-A" + LOADED),
				says(loaded(), XMLHttpRequestAssert::failed, "a request that failed" + LOADED),
				says(loaded(), (it) -> it.failedWith(FailureKind.TLS), "a request that failed with tls" + LOADED),
				says(failed(REFUSED), (it) -> it.failedWith(FailureKind.TLS),
						"a request that failed with tls" + FAILED),
				says(failed(REFUSED), (it) -> it.failedWith(FailureKind.CONNECT, Phase.BODY),
						"a request that failed with connect while receiving the body" + FAILED),
				says(failed(REFUSED), XMLHttpRequestAssert::succeeded, "a request that succeeded" + FAILED),
				says(unsent, XMLHttpRequestAssert::succeeded, "a request that succeeded" + unsentState),
				says(unsent, XMLHttpRequestAssert::failed, "a request that failed" + unsentState),
				says(loaded(), (it) -> it.failedCors(CorsFailure.Step.STATUS),
						"a request that failed the CORS check STATUS" + LOADED),
				says(failed(REFUSED), (it) -> it.failedCors(CorsFailure.Step.STATUS),
						"a request that failed the CORS check STATUS" + FAILED),
				says(failed(CORS), (it) -> it.failedCors(CorsFailure.Step.STATUS),
						"a request that failed the CORS check STATUS, but it was ALLOW_ORIGIN" + corsState));
	}

	private static Arguments says(XMLHttpRequest request, Consumer<XMLHttpRequestAssert> assertion, String message) {
		return Arguments.of(request, assertion, "Expecting " + message);
	}

	@Test
	void aBodyThatIsNoTextIsNotAskedForOne() {
		XMLHttpRequest request = Requests.create();
		request.setResponseType(XMLHttpRequestResponseType.JSON);
		assertFails(() -> assertThat(request).hasResponseText("{}"),
				"Expecting a request with a responseText, but its responseType is \"json\""
						+ "\n  readyState: 0\n  status: 0\n  failure: none");
	}

	@Test
	void toolsGetBothValuesToCompare() {
		assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(() -> assertThat(this.loaded).hasStatus(200))
			.satisfies((ex) -> assertThat(ex.getActual().getValue()).isEqualTo(404))
			.satisfies((ex) -> assertThat(ex.getExpected().getValue()).isEqualTo(200));
	}

	@Test
	void theMessageCanBeReplaced() {
		assertFails(() -> assertThat(this.loaded).withFailMessage("no %s", "order").hasStatus(200), "no order");
	}

	@Test
	void theReportShowsNeitherUrlNorBodyUnasked() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.loaded).failed())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret", "gone", "1, 2"));
	}

	@Test
	void nullIsNoRequest() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat((XMLHttpRequest) null).hasStatus(200))
			.withMessageContaining("Expecting actual not to be null");
	}

}
