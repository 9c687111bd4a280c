package io.github.springxhr.form;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.ScalarValues;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.Assert;
import org.springframework.util.MimeType;

/**
 * A {@link Blob} with a name, such as a file.
 *
 * @since 0.1.0
 * @see <a href="https://w3c.github.io/FileAPI/#file-section">File API, File</a>
 */
public final class File extends Blob {

	private final String name;

	private final long lastModified;

	/**
	 * Create a file without a type, last modified now.
	 * @param parts what it is made of: see {@link Blob#Blob(List, String)}
	 * @param name its name
	 * @throws IllegalArgumentException if a part is of another class
	 */
	public File(List<?> parts, String name) {
		this(parts, name, "");
	}

	/**
	 * Create a file that was last modified now.
	 * @param parts what it is made of: see {@link Blob#Blob(List, String)}
	 * @param name its name
	 * @param type the media type, or empty
	 * @throws IllegalArgumentException if a part is of another class
	 */
	public File(List<?> parts, String name, String type) {
		this(parts, name, type, System.currentTimeMillis());
	}

	/**
	 * Create a file.
	 * @param parts what it is made of: see {@link Blob#Blob(List, String)}
	 * @param name its name
	 * @param type the media type, or empty
	 * @param lastModified the time in ms since 1970-01-01T00:00:00Z
	 * @throws IllegalArgumentException if a part is of another class
	 * @see <a href="https://w3c.github.io/FileAPI/#file-constructor">File()</a>
	 */
	public File(List<?> parts, String name, String type, long lastModified) {
		this(process(parts), name, type, lastModified);
	}

	private File(RequestBody content, String name, String type, long lastModified) {
		super(content, normalizeType(type), null);
		Assert.notNull(name, "name must not be null");
		this.name = ScalarValues.convert(name);
		this.lastModified = lastModified;
	}

	/**
	 * Refer to a file. Its type is guessed from the extension of its name.
	 * @param path the file, which is not opened yet
	 * @return the file as long as it is now
	 * @throws IOException if it is not a readable regular file
	 */
	public static File of(Path path) throws IOException {
		Path fileName = path.getFileName();
		String name = (fileName != null) ? fileName.toString() : "";
		return of(path, name, guessType(name));
	}

	/**
	 * Refer to a file.
	 * @param path the file, which is not opened yet
	 * @param name the name to give it
	 * @param type its media type, or empty
	 * @return the file as long as it is now
	 * @throws IOException if it is not a readable regular file
	 */
	public static File of(Path path, String name, String type) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
		if (!attributes.isRegularFile() || !Files.isReadable(path)) {
			throw new FileNotFoundException(path + " is not a readable regular file");
		}
		RequestBody content = new RequestBody.FileRegion(path, 0, attributes.size(), null);
		return new File(content, name, type, attributes.lastModifiedTime().toMillis());
	}

	/**
	 * Refer to a resource. Its type is guessed from the extension of its name.
	 * @param resource the resource: see {@link #of(Resource, String, String)}
	 * @return the file as long as it is now
	 * @throws IOException if the resource does not exist, or its length is unknown
	 */
	public static File of(Resource resource) throws IOException {
		String filename = resource.getFilename();
		String name = (filename != null) ? filename : "blob";
		return of(resource, name, guessType(name));
	}

	/**
	 * Refer to a resource. If it is no file it is opened anew each time its bytes are
	 * read, so it must not be a stream that is open already.
	 * @param resource the resource
	 * @param name the name to give it
	 * @param type its media type, or empty
	 * @return the file as long as it is now
	 * @throws IOException if the resource does not exist, or its length is unknown
	 * @throws IllegalArgumentException if the resource is an open stream
	 */
	public static File of(Resource resource, String name, String type) throws IOException {
		Assert.isTrue(!resource.isOpen(),
				"The resource is an open stream, which can be read only once: send a publisher instead");
		Path path = pathOf(resource);
		if (path != null) {
			return of(path, name, type);
		}
		long length = resource.contentLength();
		if (length < 0) {
			throw new IOException("The length of the resource is unknown");
		}
		return new File(new RequestBody.Input(resource, 0, length), name, type, lastModifiedOf(resource));
	}

	private static @Nullable Path pathOf(Resource resource) throws IOException {
		try {
			return resource.isFile() ? resource.getFile().toPath() : null;
		}
		catch (UnsupportedOperationException ex) {
			// a file of a file system that is not the default one
			return null;
		}
	}

	private static long lastModifiedOf(Resource resource) {
		try {
			return resource.lastModified();
		}
		catch (IOException ex) {
			return System.currentTimeMillis();
		}
	}

	private static String guessType(String name) {
		return MediaTypeFactory.getMediaType(name).map(MimeType::toString).orElse("");
	}

	/**
	 * Return this file under another name.
	 * @param newName the name
	 * @return the file, with the same bytes, type and time
	 */
	File withName(String newName) {
		return new File(content(), newName, getType(), this.lastModified);
	}

	/**
	 * Make a blob a file, last modified now.
	 */
	static File of(Blob blob, String name) {
		return new File(blob.content(), name, blob.getType(), System.currentTimeMillis());
	}

	/**
	 * Return the name.
	 * @return the name without a path
	 * @see <a href="https://w3c.github.io/FileAPI/#dfn-name">name</a>
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Return when the file was last modified.
	 * @return the time in ms since 1970-01-01T00:00:00Z
	 * @see <a href="https://w3c.github.io/FileAPI/#dfn-lastModified">lastModified</a>
	 */
	public long getLastModified() {
		return this.lastModified;
	}

	@Override
	public String toString() {
		return "File[name=" + this.name + ", size=" + getSize() + ", type=" + getType() + "]";
	}

}
