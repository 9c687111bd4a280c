package io.github.springxhr;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.github.springxhr.XhrChannel.Timings;
import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.Url;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelRecorder}.
 */
class ChannelRecorderTests {

	private final VirtualTimers timers = new VirtualTimers();

	private final ChannelRecorder recorder = new ChannelRecorder(this.timers, Url.parse("http://server.test/", null));

	@Test
	void whatComesAfterTheEndChangesNothing() {
		this.recorder.hop(true);
		this.timers.advance(Duration.ofMillis(5));
		this.recorder.ended();
		Timings before = this.recorder.toChannel().timings();
		this.timers.advance(Duration.ofMillis(5));
		this.recorder.connecting(() -> new Setup(Duration.ofMillis(1), null, null));
		assertThat(this.recorder.toChannel().timings()).isEqualTo(before);
		this.recorder.connected(new ConnectionInfo("http/1.1", new InetSocketAddress(1), new InetSocketAddress(2), null,
				null, false, null));
		assertThat(this.recorder.toChannel().timings()).isEqualTo(before);
		assertThat(this.recorder.toChannel().protocol()).isNull();
		this.recorder.requestSent();
		assertThat(this.recorder.toChannel().timings()).isEqualTo(before);
		this.recorder.headersReceived();
		assertThat(this.recorder.toChannel().timings()).isEqualTo(before);
		this.recorder.hop(false);
		assertThat(this.recorder.toChannel().timings()).isEqualTo(before);
		this.recorder.noHop();
		assertThat(this.recorder.toChannel().timings()).isEqualTo(before);
	}

}
