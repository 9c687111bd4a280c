package io.github.springxhr.demo.cli;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0       | 1000    | 0     |   0 %  0 B of 1000 B  0 B/s  ETA unknown
			512     | 1024    | 1000  |  50 %  512 B of 1.0 KiB  512 B/s  ETA 1 s
			1048576 | 4194304 | 500   |  25 %  1.0 MiB of 4.0 MiB  2.0 MiB/s  ETA 2 s
			1000    | 1000    | 100   | 100 %  1000 B of 1000 B  9.8 KiB/s  ETA 0 s
			100     | 12100   | 1000  |   0 %  100 B of 11.8 KiB  100 B/s  ETA 2 min 0 s
			1       | 7261    | 1000  |   0 %  1 B of 7.1 KiB  1 B/s  ETA 2 h 1 min
			2048    | 0       | 1000  | 2.0 KiB  2.0 KiB/s
			""")
	void tellsHowFarItIs(long loaded, long total, long millis, String text) {
		Progress progress = new Progress(loaded, total, Duration.ofMillis(millis));
		assertThat(progress.text().strip()).isEqualTo(text.strip());
	}

	@ParameterizedTest
	@CsvSource({ "0, 10, [------------------------]", "5, 10, [############------------]",
			"10, 10, [########################]", "5, 0, [????????????????????????]" })
	void drawsABar(long loaded, long total, String bar) {
		assertThat(new Progress(loaded, total, Duration.ofSeconds(1)).bar()).startsWith(bar);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1048575, 1.0 MiB", "1610612736, 1.5 GiB" })
	void countsBytesInUnits(long bytes, String text) {
		assertThat(Progress.bytes(bytes)).isEqualTo(text);
	}

	@Test
	void whatOthersSentCannotMoveTheCursor() {
		assertThat(Printable.of("O\u001b[2JK\r")).isEqualTo("O\\u001b[2JK\\u000d");
	}

}
