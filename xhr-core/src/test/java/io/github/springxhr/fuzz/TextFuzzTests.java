package io.github.springxhr.fuzz;

import java.util.Arrays;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.mime.Encoding;
import io.github.springxhr.mime.TextDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Text is the same in pieces as in one, and is text.
 */
class TextFuzzTests {

	@FuzzTest(maxDuration = "60s")
	void text(FuzzedDataProvider data) {
		String label = data.consumeString(30);
		Encoding named = Encoding.forLabel(label);
		if (named != null) {
			assertThat(Encoding.forLabel(named.getName())).isEqualTo(named);
			assertThat(Encoding.forLabel(" \t\n" + label + "\f\r ")).isEqualTo(named);
		}
		Encoding[] all = Arrays.stream(Encoding.values()).filter(Encoding::isSupported).toArray(Encoding[]::new);
		Encoding encoding = (named != null && named.isSupported()) ? named : data.pickValue(all);
		int piece = data.consumeInt(1, 7);
		byte[] bytes = data.consumeRemainingAsBytes();
		TextDecoder whole = new TextDecoder(encoding);
		String expected = whole.decode(bytes, 0, bytes.length) + whole.finish();
		TextDecoder pieces = new TextDecoder(encoding);
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < bytes.length; i += piece) {
			pieces.decode(bytes, i, Math.min(piece, bytes.length - i), text);
		}
		pieces.finish(text);
		assertThat(text).hasToString(expected);
		assertThat(expected.codePoints())
			.noneMatch((c) -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
	}

}
