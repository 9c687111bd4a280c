package io.github.springxhr.demo.cli;

/**
 * What others have sent, made fit for a terminal.
 */
final class Printable {

	private Printable() {
	}

	/** Control characters could move the cursor, or worse. */
	static String of(String text) {
		StringBuilder printable = new StringBuilder();
		text.codePoints().forEach((c) -> {
			if (Character.isISOControl(c)) {
				printable.append(String.format("\\u%04x", c));
			}
			else {
				printable.appendCodePoint(c);
			}
		});
		return printable.toString();
	}

}
