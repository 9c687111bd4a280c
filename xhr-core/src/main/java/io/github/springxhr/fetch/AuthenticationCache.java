package io.github.springxhr.fetch;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.springxhr.http.BasicCredentials;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.Origin;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * The Basic credentials that servers have accepted, each for the path it was accepted for
 * and what lies below. Belongs to one factory.
 *
 * <h2>Concurrency</h2> Called from any thread; guarded by itself.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#authentication-entry">Fetch Standard,
 * authentication entry</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617#section-2.2">RFC 7617, reusing
 * credentials</a>
 */
@Internal
public final class AuthenticationCache {

	private static final int MAX_ENTRIES = 256;

	private final Map<Space, String> entries = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Space, String> eldest) {
			return size() > MAX_ENTRIES;
		}

	};

	/** Most clients never use the cache, and need not lock it. */
	private volatile boolean used;

	/**
	 * Remember what a server has accepted.
	 */
	synchronized void add(Url url, String authorization) {
		this.entries.put(Space.of(url), authorization);
		this.used = true;
	}

	/**
	 * Forget what a server no longer accepts.
	 */
	synchronized void remove(Url url, String authorization) {
		Origin origin = url.origin();
		this.entries.entrySet()
			.removeIf((entry) -> entry.getKey().origin().equals(origin) && entry.getValue().equals(authorization));
	}

	/**
	 * Find what the server wants for a URL, by the longest path.
	 */
	@Nullable String find(Url url) {
		return this.used ? findLongest(url) : null;
	}

	private synchronized @Nullable String findLongest(Url url) {
		for (Space space = Space.of(url); space != null; space = space.parent()) {
			String found = this.entries.get(space);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/**
	 * Find the URL's own user name and password, if the server has accepted these before.
	 */
	@Nullable String findFor(Url url) {
		String own = BasicCredentials.headerValue(url.decodedUsername(), url.decodedPassword());
		return own.equals(find(url)) ? own : null;
	}

	/**
	 * A directory of a server.
	 */
	private record Space(Origin origin, String directory) {

		static Space of(Url url) {
			String path = url.path();
			return new Space(url.origin(), path.substring(0, path.lastIndexOf('/') + 1));
		}

		@Nullable Space parent() {
			int slash = this.directory.lastIndexOf('/', this.directory.length() - 2);
			return (slash >= 0) ? new Space(this.origin, this.directory.substring(0, slash + 1)) : null;
		}

	}

}
