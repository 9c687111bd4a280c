package io.github.springxhr.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is expected of every fault at every position: {@code matrix-a.txt}, written from
 * the standards.
 */
public final class Expectations {

	private Expectations() {
	}

	/**
	 * Read the table. Columns: group, fault, then what is expected at each position; = as
	 * at FIRST. "Or" where the operating system decides which of two threads sees it
	 * first.
	 * @return by the fault as a text, what is expected, in the order of the positions
	 */
	public static Map<String, String[]> read() {
		Map<String, String[]> rows = new LinkedHashMap<>();
		try (InputStream stream = Expectations.class.getResourceAsStream("matrix-a.txt")) {
			String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			text.lines().filter((line) -> !line.startsWith("#") && !line.isBlank()).forEach((line) -> {
				String[] parts = line.split("\\s*\\|\\s*", -1);
				String[] expected = new String[Position.values().length];
				for (int i = 0; i < expected.length; i++) {
					expected[i] = parts[i + 2].equals("=") ? parts[2] : parts[i + 2];
				}
				rows.put(parts[0] + " | " + parts[1], expected);
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return rows;
	}

}
