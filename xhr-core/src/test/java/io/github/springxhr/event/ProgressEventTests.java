package io.github.springxhr.event;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressEventTests {

	@Test
	void hasWhatItWasMadeOf() {
		ProgressEvent event = new ProgressEvent("x", true, 5_000_000_000L, 0);
		assertThat(event.getType()).isEqualTo("x");
		assertThat(event.isLengthComputable()).isTrue();
		assertThat(event.getLoaded()).isEqualTo(5_000_000_000L);
		assertThat(event.getTotal()).isZero();
		assertThat(event.isTrusted()).isFalse();
	}

	@Test
	void firedLengthIsComputableUnlessItIsZero() {
		assertThat(ProgressEvent.of("x", 1, 0)).hasToString("x(1,0,false)");
		assertThat(ProgressEvent.of("x", 0, 1)).hasToString("x(0,1,true)");
	}

}
