package io.github.springxhr.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes are JSON or not, and what is read is written to what reads the same.
 */
class JsonFuzzTests {

	@FuzzTest(maxDuration = "60s")
	void json(FuzzedDataProvider data) {
		byte[] bytes = data.consumeRemainingAsBytes();
		Object value = parse(bytes);
		if (value != null && !value.toString().contains("Infinity")) {
			Object again = parse(value.toString().getBytes(StandardCharsets.UTF_8));
			assertThat(String.valueOf(again)).isEqualTo(value.toString());
		}
	}

	private static Object parse(byte[] bytes) {
		XMLHttpRequest xhr = Answers.of(200, "Content-Type", "application/json", bytes)
			.get("https://own.test/", (builder) -> builder, (request) -> {
				request.setResponseType(XMLHttpRequestResponseType.JSON);
				return request;
			});
		assertThat(xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		assertThat(xhr.getFailure()).isNull();
		return xhr.getResponse();
	}

}
