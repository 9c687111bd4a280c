package io.github.springxhr.mime;

/**
 * Decodes gb18030, and GBK as the part of it that it is.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#gb18030-decoder">gb18030 decoder</a>
 */
final class Gb18030Decoder extends ByteDecoder {

	private int first;

	private int second;

	private int third;

	@Override
	void handle(int b, StringBuilder out) {
		if (this.third != 0) {
			handleFourth(b, out);
		}
		else if (this.second != 0) {
			handleThird(b, out);
		}
		else if (this.first != 0) {
			handleSecond(b, out);
		}
		else if (in(b, 0x81, 0xFE)) {
			this.first = b;
		}
		else {
			append((b == 0x80) ? 0x20AC : isAscii(b) ? b : ERROR, out);
		}
	}

	private void handleSecond(int b, StringBuilder out) {
		if (in(b, '0', '9')) {
			this.second = b;
			return;
		}
		int codePoint = pair(this.first, b);
		this.first = 0;
		append(codePoint, out);
		if (codePoint == ERROR && isAscii(b)) {
			handle(b, out);
		}
	}

	private static int pair(int lead, int trail) {
		if (!in(trail, 0x40, 0x7E) && !in(trail, 0x80, 0xFE)) {
			return ERROR;
		}
		return Gb18030Index.twoBytes((lead - 0x81) * 190 + trail - ((trail < 0x7F) ? 0x40 : 0x41));
	}

	private void handleThird(int b, StringBuilder out) {
		if (in(b, 0x81, 0xFE)) {
			this.third = b;
			return;
		}
		int restored = this.second;
		finish(out);
		handle(restored, out);
		handle(b, out);
	}

	private void handleFourth(int b, StringBuilder out) {
		int restoredSecond = this.second;
		int restoredThird = this.third;
		if (!in(b, '0', '9')) {
			finish(out);
			handle(restoredSecond, out);
			handle(restoredThird, out);
			handle(b, out);
			return;
		}
		int pointer = (((this.first - 0x81) * 10 + this.second - '0') * 126 + this.third - 0x81) * 10 + b - '0';
		reset();
		append(Gb18030Index.fourBytes(pointer), out);
	}

	private void reset() {
		this.first = 0;
		this.second = 0;
		this.third = 0;
	}

	@Override
	public void finish(StringBuilder out) {
		if (this.first != 0) {
			reset();
			append(ERROR, out);
		}
	}

}
