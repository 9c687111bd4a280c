package io.github.springxhr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.RequestBody;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Arguments of the methods: what is refused, with which name, and what is made of them.
 */
class XMLHttpRequestCallsTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@ParameterizedTest
	@ValueSource(strings = { "", "GET POST", "GET\r\n", "G(ET", "GÉT", "GET:", "\0" })
	void methodThatIsNoTokenIsASyntaxError(String method) {
		assertRefused("SyntaxError", 12, () -> this.xhr.open(method, "a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CONNECT", "TRACE", "TRACK", "connect", "TrAcE" })
	void forbiddenMethodIsASecurityError(String method) {
		assertRefused("SecurityError", 18, () -> this.xhr.open(method, "a"));
	}

	@ParameterizedTest
	@CsvSource({ "get,GET", "pOsT,POST", "delete,DELETE", "head,HEAD", "options,OPTIONS", "put,PUT", "patch,patch",
			"PATCH,PATCH", "Foo,Foo" })
	void sixMethodsAreNormalized(String method, String sent) {
		this.xhr.open(method, "a");
		this.xhr.send();
		assertThat(request().method()).isEqualTo(sent);
	}

	@Test
	void methodsAreNormalizedInATurkishLocale() {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("tr"));
		try {
			this.xhr.open("options", "a");
		}
		finally {
			Locale.setDefault(before);
		}
		this.xhr.send();
		assertThat(request().method()).isEqualTo("OPTIONS");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://", "http://a b/", "http://h:99999/", "http://h:x/", "http://[::1/", "//" })
	void badUrlIsASyntaxErrorThatKeepsTheUrlToItself(String url) {
		assertRefused("SyntaxError", 12, () -> this.xhr.open("GET", url));
	}

	@Test
	void refusedOpenLeavesTheRunningRequestUntouched() {
		EventLog log = EventLog.of(this.xhr);
		this.xhr.open("GET", "a");
		this.xhr.send();
		assertRefused("SyntaxError", 12, () -> this.xhr.open("GET", "http://h:x/?secret"));
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(log.entries()).endsWith("load(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void urlIsResolvedAgainstTheBaseUrl() {
		this.xhr.open("GET", "../c?q=1#f");
		this.xhr.send();
		assertThat(request().url().serialize(false)).isEqualTo("http://server.test/c?q=1#f");
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(this.xhr.getResponseURL()).isEqualTo("http://server.test/c?q=1");
	}

	@Test
	void templateVariablesAreEncodedStrictly() {
		this.xhr.open(HttpMethod.GET, "orders/{id}?q={q}", "a/b?", "x&y=z");
		this.xhr.send();
		assertThat(request().url().requestTarget()).isEqualTo("/base/orders/a%2Fb%3F?q=x%26y%3Dz");
	}

	@Test
	void templateWithoutAValueIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.xhr.open(HttpMethod.GET, "orders/{id}"));
		assertThat(this.xhr.getReadyState()).isZero();
	}

	@Test
	void callsInTheWrongStateAreRefused() {
		assertRefused("InvalidStateError", 11, () -> this.xhr.setRequestHeader("A", "b"));
		assertRefused("InvalidStateError", 11, this.xhr::send);
		this.xhr.open("GET", "a");
		this.xhr.send();
		assertRefused("InvalidStateError", 11, () -> this.xhr.setRequestHeader("A", "b"));
		assertRefused("InvalidStateError", 11, this.xhr::send);
		this.network.transport.only().head(200);
		this.network.run();
		assertRefused("InvalidStateError", 11, () -> this.xhr.setRequestHeader("A", "b"));
		assertRefused("InvalidStateError", 11, this.xhr::send);
		this.network.transport.only().end();
		this.network.run();
		assertRefused("InvalidStateError", 11, () -> this.xhr.setRequestHeader("A", "b"));
		assertRefused("InvalidStateError", 11, this.xhr::send);
	}

	@Test
	void stateIsCheckedBeforeTheHeader() {
		assertRefused("InvalidStateError", 11, () -> this.xhr.setRequestHeader("not a token", "b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a:", "a\n", "ä", "a\0" })
	void headerNameThatIsNoTokenIsASyntaxError(String name) {
		this.xhr.open("GET", "a");
		assertRefused("SyntaxError", 12, () -> this.xhr.setRequestHeader(name, "b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret\r\nX: y", "secret\rx", "secret\nx", "secret\0", "secret\u0100" })
	void badHeaderValueIsASyntaxErrorThatKeepsItToItself(String value) {
		this.xhr.open("GET", "a");
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> this.xhr.setRequestHeader("X-Key", value))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("SyntaxError"))
			.withMessageContaining("X-Key")
			.withMessageNotContaining("secret");
	}

	@Test
	void headersAreNormalizedAndCombined() {
		this.xhr.open("GET", "a");
		this.xhr.setRequestHeader("X-Test", " \t one\r\n");
		this.xhr.setRequestHeader("x-test", "two\u00E4");
		this.xhr.setRequestHeader("Empty", "");
		this.xhr.send();
		assertThat(request().headers().getAll("X-Test")).containsExactly("one, two\u00E4");
		assertThat(request().headers().get("Empty")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "content-length", "Transfer-Encoding", "Connection", "Keep-Alive", "TE", "Trailer",
			"Upgrade", "Expect" })
	void framingHeadersAreIgnoredAndReported(String name) {
		List<String> ignored = new ArrayList<>();
		FakeNetwork observed = new FakeNetwork((client, request) -> new XhrListener() {
			@Override
			public void headerIgnored(String header) {
				ignored.add(header);
			}
		});
		XMLHttpRequest request = observed.create();
		request.open("GET", "a");
		request.setRequestHeader(name, "x");
		request.send();
		assertThat(observed.transport.only().request.headers().contains(name)).isFalse();
		assertThat(ignored).containsExactly(name);
		observed.close();
	}

	@Test
	void openForgetsTheHeaders() {
		this.xhr.open("GET", "a");
		this.xhr.setRequestHeader("X-Test", "one");
		this.xhr.open("GET", "b");
		this.xhr.send();
		assertThat(request().headers().contains("X-Test")).isFalse();
	}

	@Test
	void textIsSentInUtf8WithItsType() {
		this.xhr.open("POST", "a");
		this.xhr.send("\u20AC");
		assertThat(((RequestBody.Bytes) request().body()).bytes()).containsExactly(0xE2, 0x82, 0xAC);
		assertThat(request().headers().get("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "text/html|text/html", "text/html; charset=utf-8|text/html; charset=utf-8",
			"text/html;  charset=latin1 ; x=y|text/html;charset=UTF-8;x=y", "bogus|bogus" })
	void charsetOfATextIsCorrected(String set, String sent) {
		this.xhr.open("POST", "a");
		this.xhr.setRequestHeader("Content-Type", set);
		this.xhr.send("x");
		assertThat(request().headers().get("Content-Type")).isEqualTo(sent);
	}

	@Test
	void bytesHaveNoTypeAndAreCopied() {
		byte[] bytes = { 1, 2 };
		this.xhr.open("POST", "a");
		this.xhr.setRequestHeader("Content-Type", "a/b;charset=latin1");
		this.xhr.send(bytes);
		bytes[0] = 9;
		assertThat(((RequestBody.Bytes) request().body()).bytes()).containsExactly(1, 2);
		assertThat(request().headers().get("Content-Type")).isEqualTo("a/b;charset=latin1");
	}

	@Test
	void negativeAndHugeTimeoutsAreRefused() {
		this.xhr.setTimeout(7);
		assertThatIllegalArgumentException().isThrownBy(() -> this.xhr.setTimeout(-1)).withMessageContaining("timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> this.xhr.setTimeout(Duration.ofDays(25)));
		assertThat(this.xhr.getTimeout()).isEqualTo(7);
		this.xhr.setTimeout(Duration.ofNanos(1));
		assertThat(this.xhr.getTimeout()).isEqualTo(1);
	}

	@Test
	void responseHeadersAreSortedAndCombined() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only()
			.head(200, "b_c", "3", "X-B", "1", "x-b", "2", "b-c", "4", "Content-Type", "text/plain")
			.end();
		this.network.run();
		assertThat(this.xhr.getAllResponseHeaders())
			.isEqualTo("b-c: 4\r\nb_c: 3\r\ncontent-type: text/plain\r\nx-b: 1, 2\r\n");
		assertThat(this.xhr.getResponseHeader("X-b")).isEqualTo("1, 2");
		assertThat(this.xhr.getResponseHeader("nope")).isNull();
		assertThat(this.xhr.getStatusText()).isEqualTo("Reason 200");
	}

	@Test
	void textWhileLoadingKeepsBackAnIncompleteCharacter() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only()
			.head(200, "Content-Type", "text/plain;charset=shift_jis")
			.chunk(new byte[] { 'a', (byte) 0x82 });
		this.network.run();
		assertThat(this.xhr.getResponseText()).isEqualTo("a");
		this.network.transport.only().chunk(new byte[] { (byte) 0xA0 }).end();
		this.network.run();
		assertThat(this.xhr.getResponseText()).isEqualTo("a\u3042").isSameAs(this.xhr.getResponseText());
	}

	@Test
	void incompleteCharacterAtTheEndIsReplaced() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Content-Type", "text/plain").chunk(new byte[] { 'a', (byte) 0xE2 });
		this.network.run();
		assertThat(this.xhr.getResponseText()).isEqualTo("a");
		this.network.transport.only().end();
		this.network.run();
		assertThat(this.xhr.getResponseText()).isEqualTo("a\uFFFD");
	}

	@Test
	void textIsEmptyBeforeLoading() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200);
		this.network.run();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.HEADERS_RECEIVED);
		assertThat(this.xhr.getResponseText()).isEmpty();
	}

	@Test
	void xmlDeclarationDecidesTheEncodingOfAResponseWithoutCharset() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		byte[] xml = "<?xml version='1.0' encoding='windows-1252'?><a>\u20AC</a>"
			.getBytes(java.nio.charset.Charset.forName("windows-1252"));
		this.network.transport.only().head(200, "Content-Type", "application/xml").chunk(xml);
		this.network.run();
		assertThat(this.xhr.getResponseText()).contains("<a>\u20AC");
		this.network.transport.only().end();
		this.network.run();
		assertThat(this.xhr.getResponseText()).endsWith("<a>\u20AC</a>");
	}

	@Test
	void constantsAreTheStandards() {
		assertThat(List.of(XMLHttpRequest.UNSENT, XMLHttpRequest.OPENED, XMLHttpRequest.HEADERS_RECEIVED,
				XMLHttpRequest.LOADING, XMLHttpRequest.DONE))
			.containsExactly(0, 1, 2, 3, 4);
	}

	private NetworkRequest request() {
		return this.network.transport.only().request;
	}

	private void assertRefused(String name, int code, ThrowingCallable call) {
		int before = this.xhr.getReadyState();
		assertThatExceptionOfType(XhrException.class).isThrownBy(call).satisfies((ex) -> {
			assertThat(ex.getName()).isEqualTo(name);
			assertThat((int) ex.code).isEqualTo(code);
			assertThat(ex.getMessage()).doesNotContain("99999", "secret", "a b");
		});
		assertThat(this.xhr.getReadyState()).isEqualTo(before);
	}

}
