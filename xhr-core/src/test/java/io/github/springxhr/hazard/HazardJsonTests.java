package io.github.springxhr.hazard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * JSON that never ends, or that means to make objects.
 */
class HazardJsonTests {

	static Stream<String> jsonThatIsRefused() {
		return Stream.of("[".repeat(501) + "]".repeat(501), "{\"a\":".repeat(501) + "1" + "}".repeat(501),
				"[{\"a\":".repeat(251) + "1" + "}]".repeat(251), "[".repeat(1_000_000), "{\"a\":".repeat(300_000),
				"1".repeat(1_001), "0." + "1".repeat(1_010), "1e" + "1".repeat(1_010), "[-" + "9".repeat(1_001) + "]",
				"9".repeat(1_000_000), "{\"a\":" + "1".repeat(1_001) + "}", "{} {}", "[1]]", "NaN", "[Infinity]",
				"{'a':1}", "{a:1}", "[1,]", "/**/1", "01", "\"\n\"", "[+1]", "\uFEFF\uFEFF1", "");
	}

	@ParameterizedTest
	@MethodSource("jsonThatIsRefused")
	void jsonIsRefusedSoon(String json) {
		assertTimeoutPreemptively(HostileDocuments.SOON, () -> assertThat(json(json).getResponse()).isNull());
	}

	/** Written short, such a number has as many digits as it likes. */
	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "-1e999999999", "1e-999999999", "1e2147483647", "1e-2147483648",
			"1e99999999999999999999", "0e999999999" })
	void numbersWithHugeExponents(String json) {
		assertTimeoutPreemptively(HostileDocuments.SOON, () -> {
			for (Class<?> type : List.of(Object.class, Long.class, Integer.class, BigInteger.class, BigDecimal.class,
					Double.class)) {
				try {
					json("[" + json + "]").getResponse(type.arrayType());
				}
				catch (RuntimeException ex) {
					assertThat(ex.getClass().getName()).startsWith("tools.jackson");
				}
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"@class\":\"java.lang.ProcessBuilder\",\"command\":[\"x\"]}",
			"[\"com.sun.rowset.JdbcRowSetImpl\",{\"dataSourceName\":\"rmi://127.0.0.1/x\",\"autoCommit\":true}]",
			"{\"@type\":\"java.net.URL\",\"val\":\"http://127.0.0.1\"}", "[\"java.io.File\",\"/etc/passwd\"]" })
	void jsonNamesNoClasses(String json) throws InterruptedException {
		Object bound = json(json).getResponse(Object.class);
		assertThat(bound).isInstanceOfAny(Map.class, List.class);
	}

	private static XMLHttpRequest json(String json) throws InterruptedException {
		return HostileDocuments.send(json.getBytes(StandardCharsets.UTF_8), "application/json",
				XMLHttpRequestResponseType.JSON);
	}

}
