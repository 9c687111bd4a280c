package io.github.springxhr.document;

/**
 * Finds out whether a document ends within its DOCTYPE. It is not well-formed then, but
 * the JDK's parser does not only say so: it prints a stack trace to {@code System.err},
 * and a stranger could fill a log.
 */
final class DoctypeScanner {

	private final String text;

	private int position;

	private DoctypeScanner(String text) {
		this.text = text;
	}

	static boolean endsWithin(String text) {
		DoctypeScanner scanner = new DoctypeScanner(text);
		return scanner.skipToDoctype() && !scanner.skipDoctype();
	}

	/**
	 * Skip what may come before a DOCTYPE.
	 * @return whether there is one
	 */
	private boolean skipToDoctype() {
		while (this.position < this.text.length()) {
			if (Character.isWhitespace(this.text.charAt(this.position))) {
				this.position++;
			}
			else if (!skipCommentOrInstruction()) {
				return this.text.startsWith("<!DOCTYPE", this.position);
			}
		}
		return false;
	}

	/**
	 * Skip to the end of the DOCTYPE.
	 * @return whether there is one
	 */
	private boolean skipDoctype() {
		boolean subset = false;
		while (this.position < this.text.length()) {
			char c = this.text.charAt(this.position);
			if (c == '>' && !subset) {
				return true;
			}
			if (c == '"' || c == '\'') {
				this.position++;
				skipBehind(String.valueOf(c));
			}
			else if (!subset || !skipCommentOrInstruction()) {
				subset = (c == '[') || (subset && c != ']');
				this.position++;
			}
		}
		return false;
	}

	private boolean skipCommentOrInstruction() {
		if (this.text.startsWith("<!--", this.position)) {
			this.position += 4;
			skipBehind("-->");
			return true;
		}
		if (this.text.startsWith("<?", this.position)) {
			skipBehind("?>");
			return true;
		}
		return false;
	}

	private void skipBehind(String end) {
		int found = this.text.indexOf(end, this.position);
		this.position = (found != -1) ? found + end.length() : this.text.length();
	}

}
