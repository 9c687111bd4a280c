package io.github.springxhr.cookie;

import java.time.Instant;
import java.util.List;

/**
 * Where cookies are kept. It is a map from a <em>site</em> to its cookies, no more: what
 * may be set and what is sent is decided before it is called and after it has answered.
 * Plug in another one to share cookies between instances of an application.
 * <p>
 * The site is a registrable domain such as {@code example.com}, or a host; take it as a
 * key that means nothing. All cookies that matter to a request have the same one.
 * <p>
 * Limits are the store's. It may drop any cookie at any time; it should keep the numbers
 * of {@link InMemoryCookieStore}.
 * <p>
 * <strong>Concurrency.</strong> All methods are called from many threads at once, I/O
 * threads among them, and must not block: a store that is elsewhere answers from a copy
 * and writes behind. What one thread has stored should be found by all.
 *
 * @since 0.1.0
 */
public interface CookieStore {

	/**
	 * Return the cookies of a site.
	 * @param site the key
	 * @return its cookies, those that were stored first, first; expired ones may be among
	 * them; a list that does not change any more
	 */
	List<Cookie> cookies(String site);

	/**
	 * Keep a cookie in place of the one of the same {@linkplain Cookie#identity()
	 * identity}, if there is one.
	 * @param site the key
	 * @param cookie the cookie, as it is to be kept
	 */
	void store(String site, Cookie cookie);

	/**
	 * Note that a cookie was sent. Nothing happens if it is not there any more. A store
	 * that does not evict what was least recently used need not do anything.
	 * @param site the key
	 * @param identity the cookie's identity
	 * @param time when it was sent
	 */
	default void accessed(String site, Cookie.Identity identity, Instant time) {
	}

	/**
	 * Remove a cookie, if it is there.
	 * @param site the key
	 * @param identity the cookie's identity
	 */
	void remove(String site, Cookie.Identity identity);

	/**
	 * Remove all cookies of all sites.
	 */
	void clear();

}
