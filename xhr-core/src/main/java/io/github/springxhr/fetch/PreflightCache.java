package io.github.springxhr.fetch;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

import io.github.springxhr.http.CorsSafelist;
import io.github.springxhr.http.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The methods and headers that servers have allowed in preflights, for as long as they
 * said, up to ten minutes. Belongs to one factory, and keeps the 256 last used URLs with
 * 256 methods and 256 headers each.
 *
 * <h2>Concurrency</h2> Called from any thread; guarded by itself.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-cache">Fetch Standard,
 * CORS-preflight cache</a>
 */
@Internal
public final class PreflightCache {

	private static final int MAX_ENTRIES = 256;

	/** Methods, and names, that are kept for a URL: its answers may hold thousands. */
	private static final int MAX_NAMES = 256;

	private static final long MAX_AGE_SECONDS = 600;

	private static final String WILDCARD = "*";

	private final LongSupplier nanoTime;

	private final Map<Key, Allowed> entries = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<Key, Allowed> eldest) {
			return size() > MAX_ENTRIES;
		}

	};

	/**
	 * Create an empty cache.
	 * @param nanoTime the clock
	 */
	public PreflightCache(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Whether what the request wants to do has been allowed.
	 */
	synchronized boolean allows(FetchRequest request, List<String> unsafeNames) {
		boolean methodNeedsEntry = !CorsSafelist.isSafelistedMethod(request.method()) || request.usesCorsPreflight();
		return (!methodNeedsEntry || matches(request, (allowed, now) -> allowed.method(request.method(), now)))
				&& unsafeNames.stream()
					.allMatch((name) -> matches(request, (allowed, now) -> allowed.headerName(name, now)));
	}

	/**
	 * Look in what was allowed with credentials, and without them if the request has
	 * none.
	 */
	private boolean matches(FetchRequest request, Match match) {
		long now = this.nanoTime.getAsLong();
		return matches(Key.of(request, true), match, now)
				|| (!request.isCredentialed() && matches(Key.of(request, false), match, now));
	}

	private boolean matches(Key key, Match match, long now) {
		Allowed allowed = this.entries.get(key);
		return allowed != null && match.test(allowed, now);
	}

	/**
	 * Remember what a preflight has allowed.
	 */
	synchronized void add(FetchRequest request, Collection<String> methods, Collection<String> headerNames,
			long maxAgeSeconds) {
		long seconds = Math.min(maxAgeSeconds, MAX_AGE_SECONDS);
		if (seconds <= 0) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		long expiry = now + seconds * 1_000_000_000L;
		Allowed allowed = this.entries.computeIfAbsent(Key.of(request, request.isCredentialed()),
				(key) -> new Allowed(new HashMap<>(), new HashMap<>()));
		allowed.removeExpired(now);
		for (String method : methods) {
			if (!isWildcardWithCredentials(method, request)) {
				allowed.put(allowed.methods(), method, expiry);
			}
		}
		for (String name : headerNames) {
			if (!isWildcardWithCredentials(name, request)) {
				allowed.put(allowed.headerNames(), name.toLowerCase(Locale.ROOT), expiry);
			}
		}
	}

	/**
	 * With credentials an asterisk is a method or name like any other, and none that is
	 * worth keeping.
	 */
	private static boolean isWildcardWithCredentials(String name, FetchRequest request) {
		return request.isCredentialed() && name.equals(WILDCARD);
	}

	/**
	 * Clear cache entries.
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-cache-clear">Clear cache
	 * entries</a>
	 */
	synchronized void clear(FetchRequest request) {
		this.entries.remove(Key.of(request, true));
		this.entries.remove(Key.of(request, false));
	}

	/**
	 * Asks whether something is allowed at a time.
	 */
	private interface Match {

		boolean test(Allowed allowed, long now);

	}

	/**
	 * Who may ask for what.
	 */
	private record Key(String origin, String url, boolean credentials) {

		static Key of(FetchRequest request, boolean credentials) {
			return new Key(request.serializedOrigin(), request.currentUrl().serialize(true), credentials);
		}

	}

	/**
	 * What is allowed, and until when.
	 */
	private record Allowed(Map<String, Long> methods, Map<String, Long> headerNames) {

		void put(Map<String, Long> names, String name, long expiry) {
			if (names.size() < MAX_NAMES || names.containsKey(name)) {
				names.put(name, expiry);
			}
		}

		void removeExpired(long now) {
			this.methods.values().removeIf((expiry) -> !isValid(expiry, now));
			this.headerNames.values().removeIf((expiry) -> !isValid(expiry, now));
		}

		boolean method(String method, long now) {
			return isValid(this.methods.get(method), now) || isValid(this.methods.get(WILDCARD), now);
		}

		boolean headerName(String name, long now) {
			return isValid(this.headerNames.get(name.toLowerCase(Locale.ROOT)), now)
					|| (!CorsSafelist.isNonWildcardRequestHeaderName(name)
							&& isValid(this.headerNames.get(WILDCARD), now));
		}

		private static boolean isValid(@Nullable Long expiry, long now) {
			return expiry != null && expiry - now > 0;
		}

	}

}
