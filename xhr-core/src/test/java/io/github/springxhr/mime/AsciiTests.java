package io.github.springxhr.mime;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight bytes are looked at together, so what is wrong stands in every place.
 */
class AsciiTests {

	private static final int LENGTH = 21;

	@ParameterizedTest
	@ValueSource(bytes = { -128, -1, -62 })
	void oneByteThatIsNotAsciiIsFoundInEveryPlace(byte other) {
		for (int offset = 0; offset < 9; offset++) {
			for (int place = 0; place < LENGTH; place++) {
				byte[] bytes = new byte[offset + LENGTH + 3];
				Arrays.fill(bytes, (byte) 0x7F);
				assertThat(Ascii.isAll(bytes, offset, LENGTH)).isTrue();
				bytes[offset + place] = other;
				assertThat(Ascii.isAll(bytes, offset, LENGTH)).isFalse();
			}
		}
	}

	@Test
	void bytesBesideThemDoNotCount() {
		byte[] bytes = { -1, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', -1 };
		assertThat(Ascii.isAll(bytes, 1, 9)).isTrue();
		assertThat(Ascii.isAll(bytes, 1, 0)).isTrue();
		assertThat(Ascii.isAll(bytes, 1, 10)).isFalse();
	}

}
