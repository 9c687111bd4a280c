package io.github.springxhr.webclient;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class DataBufferBodiesTests {

	@Test
	void copiesAndReleases() {
		NettyDataBufferFactory factory = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
		List<NettyDataBuffer> buffers = new ArrayList<>();
		Flux<DataBuffer> source = Flux.just("ab", "", "cd").map((text) -> {
			NettyDataBuffer buffer = factory.allocateBuffer(8);
			buffer.write(text, StandardCharsets.UTF_8);
			buffers.add(buffer);
			return buffer;
		});
		StepVerifier.create(DataBufferBodies.toByteBuffers(source))
			.expectNext(ByteBuffer.wrap("ab".getBytes(StandardCharsets.UTF_8)), ByteBuffer.allocate(0),
					ByteBuffer.wrap("cd".getBytes(StandardCharsets.UTF_8)))
			.verifyComplete();
		assertThat(buffers).hasSize(3).allMatch((buffer) -> buffer.getNativeBuffer().refCnt() == 0);
	}

	@Test
	void passesErrorsOn() {
		StepVerifier.create(DataBufferBodies.toByteBuffers(Flux.error(new IllegalStateException("x"))))
			.verifyErrorMessage("x");
	}

}
