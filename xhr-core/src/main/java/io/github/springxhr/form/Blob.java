package io.github.springxhr.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Locale;

import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.ScalarValues;
import io.github.springxhr.mime.Encoding;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import org.springframework.util.Assert;

/**
 * Bytes that do not change, with a media type. They are in memory or in files; those in
 * files are never loaded whole, only read when they are needed.
 * <p>
 * A blob that refers to a file has the bytes that the file has when it is read. If there
 * are less than {@link #getSize()} then, reading or sending it fails.
 *
 * <h2>Concurrency</h2> Immutable; may be used by any thread and by any number of requests
 * at once. Methods that read a file block.
 *
 * @since 0.1.0
 * @see <a href="https://w3c.github.io/FileAPI/#blob-section">File API, Blob</a>
 */
public sealed class Blob implements AutoCloseable permits File {

	private final RequestBody content;

	private final String type;

	private final @Nullable TemporaryFile temporaryFile;

	/**
	 * Create an empty blob without a type.
	 */
	public Blob() {
		this(List.of());
	}

	/**
	 * Create a blob without a type.
	 * @param parts what it is made of: see {@link #Blob(List, String)}
	 * @throws IllegalArgumentException if a part is of another class
	 */
	public Blob(List<?> parts) {
		this(parts, "");
	}

	/**
	 * Create a blob.
	 * @param parts what it is made of, in order: each is a {@code String} (encoded as
	 * UTF-8), a {@code byte[]} or {@link ByteBuffer} (what remains of it is copied), or a
	 * {@code Blob} (its bytes are shared, not copied; its type is ignored)
	 * @param type the media type; made lower-case, and empty if it has a character
	 * outside U+0020 to U+007E
	 * @throws IllegalArgumentException if a part is of another class
	 * @see <a href="https://w3c.github.io/FileAPI/#constructorBlob">Blob()</a>
	 */
	public Blob(List<?> parts, String type) {
		this(process(parts), normalizeType(type), null);
	}

	/**
	 * Create a blob whose type is taken as it is.
	 */
	Blob(RequestBody content, String type, @Nullable TemporaryFile temporaryFile) {
		this.content = content;
		this.type = type;
		this.temporaryFile = temporaryFile;
	}

	/**
	 * Process blob parts.
	 * @see <a href="https://w3c.github.io/FileAPI/#process-blob-parts">Process blob
	 * parts</a>
	 */
	static RequestBody process(List<?> parts) {
		Assert.notNull(parts, "parts must not be null");
		ContentBuilder content = new ContentBuilder();
		for (Object part : parts) {
			if (part instanceof String string) {
				content.append(ScalarValues.utf8Encode(string));
			}
			else if (part instanceof byte[] bytes) {
				content.append(bytes);
			}
			else if (part instanceof ByteBuffer buffer) {
				byte[] bytes = new byte[buffer.remaining()];
				buffer.duplicate().get(bytes);
				content.append(bytes);
			}
			else if (part instanceof Blob blob) {
				content.append(blob.content);
			}
			else {
				throw new IllegalArgumentException("A part must be a String, byte[], ByteBuffer or Blob, not "
						+ ((part != null) ? part.getClass().getName() : "null"));
			}
		}
		return content.build();
	}

	static String normalizeType(String type) {
		Assert.notNull(type, "type must not be null");
		boolean printable = type.chars().allMatch((c) -> c >= 0x20 && c <= 0x7E);
		return printable ? type.toLowerCase(Locale.ROOT) : "";
	}

	RequestBody content() {
		return this.content;
	}

	/**
	 * Return the size.
	 * @return the number of bytes
	 * @see <a href="https://w3c.github.io/FileAPI/#dfn-size">size</a>
	 */
	public final long getSize() {
		return this.content.length();
	}

	/**
	 * Return the media type.
	 * @return the type, empty if it is unknown; in lower case, except that parameters of
	 * a response's type are as the server sent them
	 * @see <a href="https://w3c.github.io/FileAPI/#dfn-type">type</a>
	 */
	public final String getType() {
		return this.type;
	}

	/**
	 * Return a blob with the same bytes and no type.
	 * @return the blob
	 */
	public final Blob slice() {
		return slice(0);
	}

	/**
	 * Return the bytes from a position on as a blob without a type.
	 * @param start the first byte: see {@link #slice(long, long, String)}
	 * @return the blob
	 */
	public final Blob slice(long start) {
		return slice(start, getSize());
	}

	/**
	 * Return a part of the bytes as a blob without a type.
	 * @param start the first byte: see {@link #slice(long, long, String)}
	 * @param end the byte behind the last
	 * @return the blob
	 */
	public final Blob slice(long start, long end) {
		return slice(start, end, "");
	}

	/**
	 * Return a part of the bytes as a blob. They are shared, not copied.
	 * @param start the first byte; counted from the end if it is negative, and brought
	 * into the range from 0 to the size
	 * @param end the byte behind the last; treated likewise. The blob is empty if it is
	 * not behind {@code start}
	 * @param contentType the type of the new blob, as in {@link #Blob(List, String)}
	 * @return the blob
	 * @see <a href="https://w3c.github.io/FileAPI/#slice-method-algo">slice()</a>
	 */
	public final Blob slice(long start, long end, String contentType) {
		long from = relative(start);
		long span = Math.max(relative(end) - from, 0);
		return new Blob(Contents.slice(this.content, from, span), normalizeType(contentType), null);
	}

	private long relative(long position) {
		return (position < 0) ? Math.max(getSize() + position, 0) : Math.min(position, getSize());
	}

	/**
	 * Return the bytes as text. Blocks while a file is read.
	 * @return the bytes decoded as UTF-8, without a byte order mark
	 * @throws UncheckedIOException if they cannot be read
	 * @throws IllegalStateException if there are more than an array can hold
	 * @see <a href="https://w3c.github.io/FileAPI/#text-method-algo">text()</a>
	 */
	public final String text() {
		byte[] bytes = bytes();
		return Encoding.utf8Decode(bytes, 0, bytes.length);
	}

	/**
	 * Return the bytes. Blocks while a file is read.
	 * @return a copy
	 * @throws UncheckedIOException if they cannot be read
	 * @throws IllegalStateException if there are more than an array can hold
	 * @see <a href= "https://w3c.github.io/FileAPI/#arraybuffer-method-algo">
	 * arrayBuffer()</a>
	 */
	public final byte[] arrayBuffer() {
		return bytes();
	}

	/**
	 * Return the bytes. Blocks while a file is read.
	 * @return a copy
	 * @throws UncheckedIOException if they cannot be read
	 * @throws IllegalStateException if there are more than an array can hold
	 * @see <a href="https://w3c.github.io/FileAPI/#bytes-method-algo">bytes()</a>
	 */
	public final byte[] bytes() {
		Assert.state(getSize() <= Integer.MAX_VALUE - 8, "The blob is too large for an array");
		ByteBuffer bytes = ByteBuffer.allocate((int) getSize());
		try (ContentChannel channel = new ContentChannel(this.content)) {
			while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
				continue;
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The blob cannot be read", ex);
		}
		return bytes.array();
	}

	/**
	 * Return the bytes as a publisher that reads them anew for each subscriber, in pieces
	 * of at most 64 KiB and as they are asked for. It reads in the thread that asks, so a
	 * blob that is in a file should be subscribed to on a thread that may block. If
	 * reading fails, the subscriber gets the {@link IOException}.
	 * @return the publisher
	 * @see <a href="https://w3c.github.io/FileAPI/#stream-method-algo">stream()</a>
	 */
	public final Publisher<ByteBuffer> stream() {
		return new ContentPublisher(this.content);
	}

	/**
	 * Return the bytes as an input stream. Files are opened when the stream reaches them,
	 * so errors come from its {@code read} methods.
	 * @return a new stream, to be closed
	 */
	public final InputStream openStream() {
		return Channels.newInputStream(new ContentChannel(this.content));
	}

	/**
	 * Delete the temporary file that holds the bytes of a large response. Its bytes, and
	 * those of its slices, cannot be read any more. Without this call the file is deleted
	 * when the blob and its slices are unreachable, or at the end of the JVM.
	 * <p>
	 * Any other blob has nothing to close.
	 */
	@Override
	public final void close() {
		if (this.temporaryFile != null) {
			this.temporaryFile.close();
		}
	}

	@Override
	public String toString() {
		return "Blob[size=" + getSize() + ", type=" + this.type + "]";
	}

}
