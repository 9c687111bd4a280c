package io.github.springxhr.mime;

import org.jspecify.annotations.Nullable;

/**
 * Decodes ISO-2022-JP, whose escape sequences switch between character sets.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#iso-2022-jp-decoder">ISO-2022-JP
 * decoder</a>
 */
final class Iso2022JpDecoder extends ByteDecoder {

	private static final int ESCAPE = 0x1B;

	private State state = State.ASCII;

	private State outputState = State.ASCII;

	private int leading;

	private boolean output;

	@Override
	void handle(int b, StringBuilder out) {
		switch (this.state) {
			case ESCAPE_START -> handleEscapeStart(b, out);
			case ESCAPE -> handleEscape(b, out);
			case TRAILING_BYTE -> handleTrailingByte(b, out);
			default -> handleFirst(b, out);
		}
	}

	private void handleFirst(int b, StringBuilder out) {
		if (b == ESCAPE) {
			this.state = State.ESCAPE_START;
			return;
		}
		this.output = false;
		if (this.state != State.LEADING_BYTE) {
			append(single(b), out);
		}
		else if (in(b, 0x21, 0x7E)) {
			this.leading = b;
			this.state = State.TRAILING_BYTE;
		}
		else {
			append(ERROR, out);
		}
	}

	private int single(int b) {
		if (this.state == State.KATAKANA) {
			return in(b, 0x21, 0x5F) ? JisIndex.halfwidthKatakana(b - 0x21) : ERROR;
		}
		if (this.state == State.ROMAN && (b == 0x5C || b == 0x7E)) {
			return (b == 0x5C) ? 0xA5 : 0x203E;
		}
		return (isAscii(b) && b != 0x0E && b != 0x0F) ? b : ERROR;
	}

	private void handleTrailingByte(int b, StringBuilder out) {
		this.state = (b != ESCAPE) ? State.LEADING_BYTE : State.ESCAPE_START;
		boolean valid = in(b, 0x21, 0x7E);
		append(valid ? JisIndex.JIS_0208.get((this.leading - 0x21) * 94 + b - 0x21) : ERROR, out);
	}

	private void handleEscapeStart(int b, StringBuilder out) {
		if (b == 0x24 || b == 0x28) {
			this.leading = b;
			this.state = State.ESCAPE;
			return;
		}
		endEscape(out);
		handle(b, out);
	}

	private void handleEscape(int b, StringBuilder out) {
		int first = this.leading;
		State escaped = State.escaped(first, b);
		if (escaped == null) {
			endEscape(out);
			handle(first, out);
			handle(b, out);
			return;
		}
		this.state = escaped;
		this.outputState = escaped;
		if (this.output) {
			append(ERROR, out);
		}
		this.output = true;
	}

	private void endEscape(StringBuilder out) {
		this.output = false;
		this.state = this.outputState;
		append(ERROR, out);
	}

	@Override
	public void finish(StringBuilder out) {
		switch (this.state) {
			case TRAILING_BYTE -> {
				this.state = State.LEADING_BYTE;
				append(ERROR, out);
			}
			case ESCAPE_START -> endEscape(out);
			case ESCAPE -> {
				endEscape(out);
				handle(this.leading, out);
				finish(out);
			}
			default -> {
			}
		}
	}

	private enum State {

		ASCII, ROMAN, KATAKANA, LEADING_BYTE, TRAILING_BYTE, ESCAPE_START, ESCAPE;

		static @Nullable State escaped(int first, int second) {
			if (first == 0x24) {
				return (second == 0x40 || second == 0x42) ? LEADING_BYTE : null;
			}
			return switch (second) {
				case 0x42 -> ASCII;
				case 0x4A -> ROMAN;
				case 0x49 -> KATAKANA;
				default -> null;
			};
		}

	}

}
