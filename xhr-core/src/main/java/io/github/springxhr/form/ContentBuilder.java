package io.github.springxhr.form;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.RequestBody.Bytes;
import io.github.springxhr.http.RequestBody.Sequence;

/**
 * Joins pieces of content. Small ones in memory become one, as each costs a write.
 */
final class ContentBuilder {

	/** As much as is written to the socket at once. */
	private static final int SMALL = 64 * 1024;

	private final List<RequestBody> parts = new ArrayList<>();

	private final ByteArrayOutputStream memory = new ByteArrayOutputStream();

	/**
	 * Append bytes.
	 * @param bytes the bytes; copied
	 */
	ContentBuilder append(byte[] bytes) {
		if (bytes.length > SMALL) {
			return append(new Bytes(bytes.clone()));
		}
		this.memory.writeBytes(bytes);
		return this;
	}

	/**
	 * Append content.
	 * @param content the content; shared
	 */
	ContentBuilder append(RequestBody content) {
		if (content instanceof Bytes bytes && bytes.count() <= SMALL) {
			this.memory.write(bytes.bytes(), bytes.offset(), bytes.count());
		}
		else {
			flush();
			this.parts.add(content);
		}
		return this;
	}

	RequestBody build() {
		flush();
		if (this.parts.isEmpty()) {
			return Contents.EMPTY;
		}
		return (this.parts.size() == 1) ? this.parts.get(0) : Sequence.of(this.parts);
	}

	private void flush() {
		if (this.memory.size() > 0) {
			this.parts.add(new Bytes(this.memory.toByteArray()));
			this.memory.reset();
		}
	}

}
