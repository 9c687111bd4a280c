package io.github.springxhr.webclient;

import java.nio.channels.ClosedChannelException;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class WireHandlerTests {

	@Test
	void connectionThatWasClosedMeanwhileIsLeftAlone() {
		RefusingChannel channel = new RefusingChannel();
		assertThatNoException().isThrownBy(() -> WireHandler.limitUnsentBytes(channel, 1));
		assertThat(channel.asked).isEqualTo(1);
		channel.close();
		assertThatNoException().isThrownBy(() -> WireHandler.limitUnsentBytes(channel, 1));
		assertThat(channel.asked).isEqualTo(1);
	}

	/**
	 * Takes no option, as one that is closed between the question and the call.
	 */
	private static final class RefusingChannel extends EmbeddedChannel {

		private int asked;

		@Override
		public ChannelConfig config() {
			return new DefaultChannelConfig(this) {
				@Override
				public <T> boolean setOption(ChannelOption<T> option, T value) {
					RefusingChannel.this.asked++;
					throw new ChannelException(new ClosedChannelException());
				}
			};
		}

	}

}
