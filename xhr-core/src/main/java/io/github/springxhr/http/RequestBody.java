package io.github.springxhr.http;

/**
 * The bytes of a request, and how many there are.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-body">Fetch Standard, body</a>
 */
@Internal
public sealed interface RequestBody {

	/**
	 * Return the number of bytes.
	 * @return 0 or more
	 */
	long length();

	/**
	 * A body in memory.
	 *
	 * @param bytes the bytes; not to be changed
	 */
	record Bytes(byte[] bytes) implements RequestBody {

		@Override
		public long length() {
			return this.bytes.length;
		}

	}

}
