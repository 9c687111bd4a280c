package io.github.springxhr.autoconfigure.har;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HarRules}: what they let pass and what not.
 */
class HarRulesTests {

	private static final String VALID = """
			{"log": {"version": "1.2", "creator": {"name": "a", "version": "1"}, "entries": [{
			  "startedDateTime": "2026-01-02T03:04:05.006Z", "time": 6.5,
			  "request": {"method": "GET", "url": "http://a.test/", "httpVersion": "HTTP/1.1", "cookies": [],
			    "headers": [{"name": "a", "value": "b"}], "queryString": [], "headersSize": -1, "bodySize": 0},
			  "response": {"status": 200, "statusText": "", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [],
			    "content": {"size": 5, "mimeType": "text/plain"}, "redirectURL": "", "headersSize": -1, "bodySize": 5},
			  "cache": {}, "timings": {"blocked": 1.5, "dns": -1, "send": 0, "wait": 3, "receive": 2}}]}}
			""";

	@Test
	void anArchiveWithAllThatIsAskedForIsValid() {
		assertThat(HarRules.violations(parse(VALID))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"version": "1.2",      |                    | /log: version is missing
			"entries": [           | "entrees": [       | /log: entrees is not known
			2026-01-02T03:04:05    | 2026-01-02 03:04   | startedDateTime is
			"time": 6.5            | "time": 7          | time is not the sum
			"httpVersion": "HTTP/1.1", "cookies": [],\\n | "cookies": [], | httpVersion is missing
			"status": 200          | "status": "200"    | /status: is STRING
			"status": 200          | "status": 20       | /status: is no status
			"cache": {},           |                    | cache is missing
			"send": 0              | "send": -1         | send is -1.0
			"dns": -1              | "dns": -2          | dns is -2.0
			"value": "b"           | "_value": "b"      | headers[0]: value is missing
			"mimeType"             | "_mimeType"        | content: mimeType is missing
			"cache": {},           | "cache": {}, "connection": null, | connection is null
			"bodySize": 5          | "bodySize": "5"    | /bodySize: is STRING
			""")
	void anArchiveWithoutIsNot(String valid, String wrong, String violation) {
		String archive = VALID.replace(valid.replace("\\n", "\n"), (wrong != null) ? wrong : "");
		assertThat(archive).isNotEqualTo(VALID);
		assertThat(HarRules.violations(parse(archive)).toString()).contains(violation);
	}

	private static JsonNode parse(String archive) {
		return JsonMapper.shared().readTree(archive);
	}

}
