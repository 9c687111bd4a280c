package io.github.springxhr.mime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SingleByteIndex}: every byte of every encoding against the standard's
 * tables.
 */
class SingleByteIndexTests {

	@ParameterizedTest
	@MethodSource("indexes")
	void isTheStandardsIndex(String line) {
		String[] fields = line.split(" ");
		Encoding encoding = Objects.requireNonNull(Encoding.forLabel(fields[0]));
		assertThat(hex(String.valueOf(SingleByteIndex.of(encoding)))).isEqualTo(hex(expand(fields)));
	}

	@Test
	void visualAndLogicalHebrewShareOne() {
		assertThat(SingleByteIndex.of(Encoding.ISO_8859_8_I)).isEqualTo(SingleByteIndex.of(Encoding.ISO_8859_8));
	}

	@Test
	void userDefinedBytesArePrivateUse() {
		assertThat(Bytes.decode(Encoding.X_USER_DEFINED, "00 7F 80 FF")).isEqualTo("\0\u007F\uF780\uF7FF");
	}

	@Test
	void undefinedByteIsReplaced() {
		assertThat(Bytes.decode(Encoding.WINDOWS_1253, "41 AA 42")).isEqualTo("A\uFFFDB");
	}

	static List<String> indexes() throws IOException {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				Objects.requireNonNull(SingleByteIndexTests.class.getResourceAsStream("single-byte-indexes.txt")),
				StandardCharsets.UTF_8))) {
			return reader.lines().filter((line) -> !line.startsWith("#")).toList();
		}
	}

	private static String expand(String[] fields) {
		StringBuilder index = new StringBuilder();
		for (int i = 1; i < fields.length; i++) {
			String[] run = fields[i].split("-");
			int last = Integer.parseInt(run[run.length - 1], 16);
			for (int c = Integer.parseInt(run[0], 16); c <= last; c++) {
				index.append((char) c);
			}
		}
		return index.toString();
	}

	private static List<String> hex(String index) {
		return index.chars().mapToObj(Integer::toHexString).toList();
	}

}
