package io.github.springxhr.coding;

import java.nio.ByteBuffer;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import io.github.springxhr.coding.ContentCodingException.Reason;
import io.github.springxhr.coding.ContentDecoder.Sink;

/**
 * The coding {@code zstd}: frames one after the other, the skippable ones skipped, and
 * nothing else behind them. The only class that knows zstd-jni. Up to 8 MiB of native
 * memory for the window of a frame.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878.html">RFC 8878</a>
 */
final class ZstdLayer extends CodingLayer {

	private final ZstdDecompressCtx context = new ZstdDecompressCtx();

	private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER_SIZE);

	private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER_SIZE);

	private final byte[] buffer = new byte[BUFFER_SIZE];

	private final ZstdFrameHeader header = new ZstdFrameHeader();

	private boolean inFrame;

	static boolean isLoaded() {
		Native.load();
		return Native.isLoaded();
	}

	@Override
	void decode(byte[] source, int offset, int length, Sink sink) throws ContentCodingException {
		int end = offset + length;
		for (int position = offset; position < end;) {
			position += this.inFrame ? push(source, position, end - position, sink) : begin(source[position], sink);
		}
	}

	private int begin(byte value, Sink sink) throws ContentCodingException {
		if (this.header.accept(value)) {
			this.inFrame = true;
			push(this.header.getBytes(), 0, this.header.getLength(), sink);
			this.header.reset();
		}
		return 1;
	}

	/** Returns how many bytes have been used: all, unless the frame has ended. */
	private int push(byte[] source, int offset, int length, Sink sink) throws ContentCodingException {
		this.input.clear();
		this.input.put(source, offset, Math.min(this.input.remaining(), length)).flip();
		do {
			this.output.clear();
			this.inFrame = !decompress();
			emit(sink);
		}
		while (this.inFrame && (this.input.hasRemaining() || !this.output.hasRemaining()));
		return this.input.position();
	}

	/** Returns whether the frame has ended. */
	private boolean decompress() throws ContentCodingException {
		try {
			return this.context.decompressDirectByteBufferStream(this.output, this.input);
		}
		catch (ZstdException ex) {
			throw new ContentCodingException(Reason.CORRUPT, ex);
		}
	}

	private void emit(Sink sink) throws ContentCodingException {
		int count = this.output.position();
		if (count > 0) {
			this.output.get(0, this.buffer, 0, count);
			sink.accept(this.buffer, 0, count);
		}
	}

	@Override
	void finish() throws ContentCodingException {
		if (this.inFrame || !this.header.isEmpty()) {
			throw new ContentCodingException(Reason.TRUNCATED);
		}
	}

	@Override
	void close() {
		this.context.close();
	}

}
