package io.github.springxhr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.springxhr.event.ProgressEvent;
import io.github.springxhr.http.CorsFailure;
import io.github.springxhr.http.CorsFailure.Step;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the CORS protocol, one row each: what is asked, what the server answers,
 * and what comes of it.
 */
class CorsRulesTests {

	private static final String ORIGIN = "https://shop.test";

	private static final String ALLOW = "Access-Control-Allow-Origin: " + ORIGIN;

	private static final String ALLOW_ANY = "Access-Control-Allow-Origin: *";

	private static final Map<Step, String> HEADERS = Map.of(Step.ALLOW_ORIGIN, "Access-Control-Allow-Origin",
			Step.ALLOW_CREDENTIALS, "Access-Control-Allow-Credentials", Step.ALLOW_METHODS,
			"Access-Control-Allow-Methods", Step.ALLOW_HEADERS, "Access-Control-Allow-Headers");

	private static final String CREDENTIALS = "Access-Control-Allow-Credentials: true";

	static Stream<Row> rules() {
		List<Row> rows = new ArrayList<>();
		corsCheck(rows);
		preflightNeed(rows);
		preflightAnswer(rows);
		wildcards(rows);
		return rows.stream();
	}

	/** https://fetch.spec.whatwg.org/#concept-cors-check */
	private static void corsCheck(List<Row> rows) {
		rows.add(row("#concept-cors-check", "the origin itself").answer(ALLOW).shared());
		rows.add(row("#concept-cors-check", "any origin").answer(ALLOW_ANY).shared());
		rows.add(row("#concept-cors-check", "no header").answer().refused(Step.ALLOW_ORIGIN, null));
		rows.add(row("#concept-cors-check", "another origin").answer("Access-Control-Allow-Origin: https://other.test")
			.refused(Step.ALLOW_ORIGIN, "https://other.test"));
		rows.add(row("#concept-cors-check", "another scheme").answer("Access-Control-Allow-Origin: http://shop.test")
			.refused(Step.ALLOW_ORIGIN, "http://shop.test"));
		rows.add(row("#concept-cors-check", "another port").answer(ALLOW + ":8443")
			.refused(Step.ALLOW_ORIGIN, ORIGIN + ":8443"));
		rows.add(row("#concept-cors-check", "the default port written out").answer(ALLOW + ":443")
			.refused(Step.ALLOW_ORIGIN, ORIGIN + ":443"));
		rows.add(row("#concept-cors-check", "a trailing slash").answer(ALLOW + "/")
			.refused(Step.ALLOW_ORIGIN, ORIGIN + "/"));
		rows.add(row("#concept-cors-check", "upper case").answer("Access-Control-Allow-Origin: HTTPS://SHOP.TEST")
			.refused(Step.ALLOW_ORIGIN, "HTTPS://SHOP.TEST"));
		rows.add(
				row("#concept-cors-check", "null for an origin that is not").answer("Access-Control-Allow-Origin: null")
					.refused(Step.ALLOW_ORIGIN, "null"));
		rows.add(
				row("#concept-cors-check", "a subdomain wildcard").answer("Access-Control-Allow-Origin: https://*.test")
					.refused(Step.ALLOW_ORIGIN, "https://*.test"));
		rows.add(row("#concept-cors-check", "two headers").answer(ALLOW, ALLOW)
			.refused(Step.ALLOW_ORIGIN, ORIGIN + ", " + ORIGIN));
		rows.add(row("#concept-cors-check", "two origins").answer(ALLOW + ", https://other.test")
			.refused(Step.ALLOW_ORIGIN, ORIGIN + ", https://other.test"));
		rows.add(row("#concept-cors-check", "the wildcard twice").answer(ALLOW_ANY, ALLOW_ANY)
			.refused(Step.ALLOW_ORIGIN, "*, *"));
		rows.add(row("#concept-cors-check", "an empty value").answer("Access-Control-Allow-Origin: ")
			.refused(Step.ALLOW_ORIGIN, ""));
		rows.add(row("#concept-cors-check", "an error status is shared too").status(403).answer(ALLOW).shared());
		rows.add(row("#concept-cors-check", "credentials").withCredentials().answer(ALLOW, CREDENTIALS).shared());
		rows.add(row("#concept-cors-check", "credentials without permission").withCredentials()
			.answer(ALLOW)
			.refused(Step.ALLOW_CREDENTIALS, null));
		rows.add(row("#concept-cors-check", "credentials with True").withCredentials()
			.answer(ALLOW, "Access-Control-Allow-Credentials: True")
			.refused(Step.ALLOW_CREDENTIALS, "True"));
		rows.add(row("#concept-cors-check", "credentials allowed twice").withCredentials()
			.answer(ALLOW, CREDENTIALS, CREDENTIALS)
			.refused(Step.ALLOW_CREDENTIALS, "true, true"));
		rows.add(row("#concept-cors-check", "credentials with the wildcard").withCredentials()
			.answer(ALLOW_ANY, CREDENTIALS)
			.refused(Step.ALLOW_ORIGIN, "*"));
		rows.add(row("#concept-cors-check", "permission for credentials that there are not")
			.answer(ALLOW_ANY, CREDENTIALS)
			.shared());
	}

	/** https://fetch.spec.whatwg.org/#concept-main-fetch */
	private static void preflightNeed(List<Row> rows) {
		for (String method : List.of("GET", "HEAD", "POST")) {
			rows.add(row("#cors-safelisted-method", method + " needs no preflight").method(method)
				.answer(ALLOW)
				.shared());
		}
		for (String method : List.of("PUT", "DELETE", "OPTIONS", "PATCH", "patch", "CHICKEN")) {
			rows.add(row("#cors-safelisted-method", method + " needs a preflight").method(method)
				.preflight(204, ALLOW, "Access-Control-Allow-Methods: " + method)
				.answer(ALLOW)
				.shared());
		}
		for (String safe : List.of("Accept: text/html", "Accept-Language: de, en;q=0.5", "Content-Language: de",
				"Content-Type: text/plain;charset=x", "Content-Type: application/x-www-form-urlencoded",
				"Content-Type: multipart/form-data; boundary=x", "Range: bytes=0-499", "Range: bytes=5-")) {
			rows.add(row("#cors-safelisted-request-header", safe + " needs no preflight").header(safe)
				.answer(ALLOW)
				.shared());
		}
		for (String unsafe : List.of("Accept: " + "x".repeat(129), "Accept: a(b)", "Accept-Language: de_DE",
				"Content-Type: application/json", "Content-Type: text", "Range: bytes=-500", "Range: bytes=0-1,2-3",
				"X-Anything: 1", "Authorization: Basic x", "Cache-Control: no-cache", "DPR: 2")) {
			String name = unsafe.substring(0, unsafe.indexOf(':')).toLowerCase(Locale.ROOT);
			rows.add(row("#cors-safelisted-request-header", unsafe + " needs a preflight").header(unsafe)
				.preflight(200, ALLOW, "Access-Control-Allow-Headers: " + name)
				.answer(ALLOW)
				.shared());
		}
		rows.add(row("#cors-unsafe-request-header-names", "many safe values are unsafe together")
			.header("Accept: " + "x".repeat(128))
			.header("Accept-Language: " + "y".repeat(128))
			.header("Content-Language: " + "z".repeat(128))
			.header("Content-Type: text/plain;a=" + "w".repeat(110))
			.answer(ALLOW)
			.shared());
		rows.add(row("#use-cors-preflight-flag", "an upload listener needs a preflight").method("POST")
			.uploadListener()
			.preflight(200, ALLOW)
			.answer(ALLOW)
			.shared());
		rows.add(row("#use-cors-preflight-flag", "an upload listener does not allow a method").method("PUT")
			.uploadListener()
			.preflight(200, ALLOW, "Access-Control-Allow-Methods: DELETE")
			.refused(Step.ALLOW_METHODS, "DELETE"));
	}

	/** https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
	private static void preflightAnswer(List<Row> rows) {
		String allowPut = "Access-Control-Allow-Methods: PUT";
		rows.add(put("no header").preflight(204).refused(Step.ALLOW_ORIGIN, null));
		rows.add(put("no method").preflight(204, ALLOW).refused(Step.ALLOW_METHODS, null));
		rows.add(put("a list").preflight(204, ALLOW, "Access-Control-Allow-Methods: GET , PUT,,")
			.answer(ALLOW)
			.shared());
		rows.add(put("two headers").preflight(204, ALLOW, "Access-Control-Allow-Methods: GET", allowPut)
			.answer(ALLOW)
			.shared());
		rows.add(put("another case").preflight(204, ALLOW, "Access-Control-Allow-Methods: put")
			.refused(Step.ALLOW_METHODS, "put"));
		rows.add(put("a malformed list").preflight(204, ALLOW, "Access-Control-Allow-Methods: PUT, (x)")
			.refused(Step.ALLOW_METHODS, "PUT, (x)"));
		rows.add(put("malformed headers").preflight(204, ALLOW, allowPut, "Access-Control-Allow-Headers: a b")
			.refused(Step.ALLOW_HEADERS, "a b"));
		rows.add(put("permission for the preflight alone").preflight(204, ALLOW, allowPut)
			.answer()
			.refused(Step.ALLOW_ORIGIN, null));
		for (int status : List.of(301, 302, 304, 307, 400, 401, 403, 404, 405, 500)) {
			rows.add(put("status " + status).preflight(status, ALLOW, allowPut, "Location: /elsewhere")
				.refused(Step.STATUS, String.valueOf(status)));
		}
		rows.add(put("status 299").preflight(299, ALLOW, allowPut).answer(ALLOW).shared());
		rows.add(put("credentials").withCredentials()
			.preflight(204, ALLOW, CREDENTIALS, allowPut)
			.answer(ALLOW, CREDENTIALS)
			.shared());
		rows.add(put("credentials without permission").withCredentials()
			.preflight(204, ALLOW, allowPut)
			.refused(Step.ALLOW_CREDENTIALS, null));
		rows.add(row("#cors-preflight-fetch-0", "header names in any case").header("X-Key: 1")
			.preflight(204, ALLOW, "Access-Control-Allow-Headers: x-KEY")
			.answer(ALLOW)
			.shared());
		rows.add(row("#cors-preflight-fetch-0", "one of two headers").header("X-Key: 1")
			.header("X-Other: 1")
			.preflight(204, ALLOW, "Access-Control-Allow-Headers: x-key")
			.refused(Step.ALLOW_HEADERS, "x-key"));
	}

	/** https://fetch.spec.whatwg.org/#http-new-header-syntax */
	private static void wildcards(List<Row> rows) {
		String anyMethod = "Access-Control-Allow-Methods: *";
		String anyHeader = "Access-Control-Allow-Headers: *";
		rows.add(put("any method").preflight(204, ALLOW_ANY, anyMethod).answer(ALLOW_ANY).shared());
		rows.add(put("any method with credentials").withCredentials()
			.preflight(204, ALLOW, CREDENTIALS, anyMethod)
			.refused(Step.ALLOW_METHODS, "*"));
		rows.add(row("#cors-preflight-fetch-0", "any header").header("X-Key: 1")
			.preflight(204, ALLOW, anyHeader)
			.answer(ALLOW)
			.shared());
		rows.add(row("#cors-preflight-fetch-0", "any header with credentials").header("X-Key: 1")
			.withCredentials()
			.preflight(204, ALLOW, CREDENTIALS, anyHeader)
			.refused(Step.ALLOW_HEADERS, "*"));
		rows.add(
				row("#cors-non-wildcard-request-header-name", "any header but Authorization").header("Authorization: x")
					.preflight(204, ALLOW, anyHeader)
					.refused(Step.ALLOW_HEADERS, "*"));
		rows.add(row("#cors-non-wildcard-request-header-name", "Authorization by its name").header("Authorization: x")
			.preflight(204, ALLOW, "Access-Control-Allow-Headers: *, authorization")
			.answer(ALLOW)
			.shared());
	}

	private static Row row(String anchor, String rule) {
		return new Row(anchor, rule);
	}

	private static Row put(String rule) {
		return row("#cors-preflight-fetch-0", "preflight: " + rule).method("PUT");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rules")
	void rule(Row row) {
		FakeTransport transport = new FakeTransport();
		ManualExecutor executor = new ManualExecutor();
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.origin(ORIGIN)
			.transport(transport)
			.eventExecutor(executor)
			.timers(new VirtualTimers())
			.build()) {
			XMLHttpRequest xhr = factory.create();
			row.send(xhr);
			row.check(xhr, transport, executor);
		}
	}

	/**
	 * One rule.
	 */
	private static final class Row {

		private final String anchor;

		private final String rule;

		private String method = "GET";

		private boolean withCredentials;

		private boolean uploadListener;

		private final List<String> headers = new ArrayList<>();

		private int preflightStatus;

		private String[] preflightHeaders = {};

		private int status = 200;

		private String[] answerHeaders;

		private Step step;

		private String found;

		Row(String anchor, String rule) {
			this.anchor = anchor;
			this.rule = rule;
		}

		Row method(String method) {
			this.method = method;
			return this;
		}

		Row withCredentials() {
			this.withCredentials = true;
			return this;
		}

		Row uploadListener() {
			this.uploadListener = true;
			return this;
		}

		Row header(String header) {
			this.headers.add(header);
			return this;
		}

		Row preflight(int status, String... headers) {
			this.preflightStatus = status;
			this.preflightHeaders = headers;
			return this;
		}

		Row status(int status) {
			this.status = status;
			return this;
		}

		Row answer(String... headers) {
			this.answerHeaders = headers;
			return this;
		}

		Row shared() {
			return this;
		}

		Row refused(Step step, String found) {
			this.step = step;
			this.found = found;
			return this;
		}

		void send(XMLHttpRequest xhr) {
			xhr.open(this.method, "https://api.test/x");
			xhr.setWithCredentials(this.withCredentials);
			this.headers.forEach((header) -> xhr.setRequestHeader(header.split(": ")[0], header.split(": ")[1]));
			if (this.uploadListener) {
				xhr.getUpload().setOnprogress(CorsRulesTests::ignore);
			}
			xhr.send();
		}

		void check(XMLHttpRequest xhr, FakeTransport transport, ManualExecutor executor) {
			if (this.preflightStatus != 0) {
				FakeTransport.FakeExchange preflight = transport.only();
				assertThat(preflight.request.method()).isEqualTo("OPTIONS");
				assertThat(preflight.request.headers().get("Access-Control-Request-Method")).isEqualTo(this.method);
				preflight.head(this.preflightStatus, flat(this.preflightHeaders)).end();
			}
			if (this.answerHeaders != null) {
				FakeTransport.FakeExchange exchange = transport.last();
				assertThat(exchange.request.method()).isEqualTo(this.method);
				assertThat(exchange.request.headers().get("Origin")).isEqualTo(ORIGIN);
				exchange.head(this.status, flat(this.answerHeaders)).end();
			}
			assertThat(transport.exchanges)
				.hasSize(((this.preflightStatus != 0) ? 1 : 0) + ((this.answerHeaders != null) ? 1 : 0));
			executor.run();
			if (this.step == null) {
				assertThat(xhr.getFailure()).isNull();
				assertThat(xhr.getStatus()).isEqualTo(this.status);
			}
			else {
				assertRefused(xhr);
			}
		}

		private void assertRefused(XMLHttpRequest xhr) {
			assertThat(xhr.getStatus()).isZero();
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.CORS);
			CorsFailure cors = xhr.getFailure().cors();
			assertThat(cors.step()).isEqualTo(this.step);
			assertThat(cors.found()).isEqualTo(this.found);
			assertThat(cors.header()).isEqualTo(HEADERS.get(this.step));
			assertThat(cors.status()).isEqualTo((this.answerHeaders != null) ? this.status : this.preflightStatus);
			assertThat(cors.preflight()).isEqualTo(this.answerHeaders == null);
			assertThat(xhr.getFailure().message())
				.contains((this.found != null) ? "'" + this.found + "'" : "is missing")
				.contains(cors.expected());
		}

		private static String[] flat(String... headers) {
			return Arrays.stream(headers)
				.flatMap((header) -> Arrays.stream(header.split(": ", 2)))
				.toArray(String[]::new);
		}

		@Override
		public String toString() {
			return this.rule + " (" + this.anchor + ")";
		}

	}

	private static void ignore(ProgressEvent event) {
	}

}
