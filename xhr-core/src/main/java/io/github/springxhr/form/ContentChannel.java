package io.github.springxhr.form;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.Iterator;
import java.util.List;

import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.RequestBody.Bytes;
import io.github.springxhr.http.RequestBody.Readable;
import io.github.springxhr.http.RequestBody.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content of a blob, one part after the other. A part is opened when it is
 * reached, and closed when it has ended.
 */
final class ContentChannel implements ReadableByteChannel {

	private final Iterator<RequestBody> parts;

	private @Nullable ReadableByteChannel current;

	private boolean closed;

	ContentChannel(RequestBody content) {
		List<RequestBody> list = (content instanceof Sequence sequence) ? sequence.parts() : List.of(content);
		this.parts = list.iterator();
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		if (this.closed) {
			throw new ClosedChannelException();
		}
		while (true) {
			if (this.current == null) {
				if (!this.parts.hasNext()) {
					return -1;
				}
				this.current = open(this.parts.next());
			}
			int count = this.current.read(target);
			if (count >= 0) {
				return count;
			}
			ReadableByteChannel ended = this.current;
			this.current = null;
			ended.close();
		}
	}

	private static ReadableByteChannel open(RequestBody part) throws IOException {
		if (part instanceof Bytes bytes) {
			return Channels.newChannel(new ByteArrayInputStream(bytes.bytes(), bytes.offset(), bytes.count()));
		}
		return ((Readable) part).open();
	}

	@Override
	public boolean isOpen() {
		return !this.closed;
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		if (this.current != null) {
			this.current.close();
		}
	}

}
