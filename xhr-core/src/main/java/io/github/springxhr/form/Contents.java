package io.github.springxhr.form;

import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.RequestBody.Bytes;
import io.github.springxhr.http.RequestBody.FileRegion;
import io.github.springxhr.http.RequestBody.Input;
import io.github.springxhr.http.RequestBody.Sequence;

/**
 * What a blob's bytes are made of: a request's body, of known length and repeatable.
 */
final class Contents {

	static final RequestBody EMPTY = new Bytes(new byte[0]);

	private Contents() {
	}

	/**
	 * Return a part of the content, which is not copied.
	 * @param content the content
	 * @param start where the part starts
	 * @param length how long it is; the part is within the content
	 */
	static RequestBody slice(RequestBody content, long start, long length) {
		if (length == 0) {
			return EMPTY;
		}
		if (length == content.length()) {
			return content;
		}
		if (content instanceof Bytes bytes) {
			return new Bytes(bytes.bytes(), bytes.offset() + (int) start, (int) length);
		}
		if (content instanceof FileRegion file) {
			return new FileRegion(file.path(), file.position() + start, length, file.owner());
		}
		if (content instanceof Input input) {
			return new Input(input.source(), input.position() + start, length);
		}
		if (content instanceof Sequence sequence) {
			return slice(sequence, start, start + length);
		}
		throw new IllegalStateException("a stream is no content of a blob");
	}

	private static RequestBody slice(Sequence sequence, long start, long end) {
		List<RequestBody> slices = new ArrayList<>();
		long position = 0;
		for (RequestBody part : sequence.parts()) {
			long from = Math.max(start - position, 0);
			long to = Math.min(end - position, part.length());
			if (from < to) {
				slices.add(slice(part, from, to - from));
			}
			position += part.length();
		}
		return (slices.size() == 1) ? slices.get(0) : Sequence.of(slices);
	}

}
