package io.github.springxhr.fuzz;

import java.util.List;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.mime.MimeType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A MIME type is serialized to what parses to it.
 */
class MimeTypeFuzzTests {

	@FuzzTest(maxDuration = "60s")
	void mimeType(FuzzedDataProvider data) {
		String first = data.consumeString(200);
		assertFixedPoint(MimeType.parse(first));
		assertFixedPoint(MimeType.extract(List.of(first, data.consumeRemainingAsString())));
	}

	private static void assertFixedPoint(MimeType type) {
		if (type != null) {
			String serialized = type.serialize();
			MimeType again = MimeType.parse(serialized);
			assertThat(again).as(serialized).isEqualTo(type);
			assertThat(again.serialize()).isEqualTo(serialized);
			assertThat(serialized.chars()).noneMatch((c) -> (c < ' ' && c != '\t') || c == 0x7F || c > 0xFF);
		}
	}

}
