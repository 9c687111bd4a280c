package io.github.springxhr.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.core.io.InputStreamSource;
import org.springframework.util.Assert;

/**
 * The bytes of a request, and how many there are.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-body">Fetch Standard, body</a>
 */
@Internal
public sealed interface RequestBody {

	/** The length of a body that does not know it. */
	long UNKNOWN_LENGTH = -1;

	/**
	 * Return the number of bytes.
	 * @return 0 or more, or {@link #UNKNOWN_LENGTH}
	 */
	long length();

	/**
	 * Return whether the bytes can be had more than once. What cannot has a null
	 * <i>source</i> in the words of the standard, and cannot follow a redirect.
	 * @return whether the body can be sent again
	 */
	default boolean isRepeatable() {
		return true;
	}

	/**
	 * Bytes in memory.
	 *
	 * @param bytes holds the bytes; not to be changed
	 * @param offset where they start
	 * @param count how many they are
	 */
	record Bytes(byte[] bytes, int offset, int count) implements RequestBody {

		/**
		 * Create a body of a whole array.
		 * @param bytes the bytes; not to be changed
		 */
		public Bytes(byte[] bytes) {
			this(bytes, 0, bytes.length);
		}

		@Override
		public long length() {
			return this.count;
		}

	}

	/**
	 * Bytes that are not in memory and read when they are needed, which may block.
	 */
	sealed interface Readable extends RequestBody {

		/**
		 * Open the bytes. Reading fails with an {@link java.io.EOFException} if there
		 * turn out to be less than {@link #length()}, and ends there if there are more.
		 * @return the bytes, to be closed
		 * @throws IOException if they cannot be opened
		 */
		ReadableByteChannel open() throws IOException;

	}

	/**
	 * A part of a file.
	 *
	 * @param path the file
	 * @param position where the part starts
	 * @param length how long it is
	 * @param owner what keeps the file from being deleted while it is reachable, or
	 * {@code null}
	 */
	record FileRegion(Path path, long position, long length, @Nullable Object owner) implements Readable {

		@Override
		public ReadableByteChannel open() throws IOException {
			FileChannel channel = FileChannel.open(this.path, StandardOpenOption.READ);
			channel.position(this.position);
			return new ExactChannel(channel, this.length);
		}

	}

	/**
	 * A part of a stream that can be opened again and again.
	 *
	 * @param source opens the stream
	 * @param position where the part starts
	 * @param length how long it is
	 */
	record Input(InputStreamSource source, long position, long length) implements Readable {

		@Override
		public ReadableByteChannel open() throws IOException {
			InputStream stream = this.source.getInputStream();
			try {
				stream.skipNBytes(this.position);
			}
			catch (IOException ex) {
				stream.close();
				throw ex;
			}
			return new ExactChannel(Channels.newChannel(stream), this.length);
		}

	}

	/**
	 * Several bodies, one after the other.
	 *
	 * @param parts the bodies
	 * @param length how long they are together
	 * @param isRepeatable whether all of them are
	 */
	record Sequence(List<RequestBody> parts, long length, boolean isRepeatable) implements RequestBody {

		/**
		 * Join bodies.
		 * @param parts the bodies
		 * @return the sequence
		 */
		public static Sequence of(List<RequestBody> parts) {
			List<RequestBody> flat = new ArrayList<>();
			for (RequestBody part : parts) {
				flat.addAll((part instanceof Sequence sequence) ? sequence.parts : List.of(part));
			}
			long length = 0;
			for (RequestBody part : flat) {
				boolean unknown = length == UNKNOWN_LENGTH || part.length() == UNKNOWN_LENGTH;
				length = unknown ? UNKNOWN_LENGTH : Math.addExact(length, part.length());
			}
			return new Sequence(List.copyOf(flat), length, flat.stream().allMatch(RequestBody::isRepeatable));
		}

	}

	/**
	 * Bytes that come when they come, and once.
	 *
	 * @param source the bytes
	 * @param length how many they will be, or {@link #UNKNOWN_LENGTH}
	 */
	record Stream(Publisher<ByteBuffer> source, long length) implements RequestBody {

		/**
		 * Create a body.
		 * @param source the bytes
		 * @param length how many they will be, or {@link #UNKNOWN_LENGTH}
		 */
		public Stream {
			Assert.isTrue(length >= UNKNOWN_LENGTH, "length must not be negative");
		}

		@Override
		public boolean isRepeatable() {
			return false;
		}

	}

}
