package io.github.springxhr.cookie;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * Keeps cookies in memory: at most {@value #MAX_COOKIES_PER_HOST} of a domain and
 * {@value #MAX_COOKIES} in all. When there are more, expired cookies go first. Of a
 * domain with too many, one that is not {@code Secure} goes next, even the one that has
 * just come, so that an attacker on the network cannot push out those that are. Then it
 * is the one least recently used.
 * <p>
 * <strong>Concurrency.</strong> Safe for use from many threads. One lock guards all maps,
 * and is held for a look at the cookies of one site; for a look at all of them only when
 * the store is full. The consumer of evictions is called without it.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-storage-model">RFC
 * 6265bis, storage model</a>
 */
public final class InMemoryCookieStore implements CookieStore {

	/** How many cookies a domain may have. */
	public static final int MAX_COOKIES_PER_HOST = 50;

	/** How many cookies there may be. */
	public static final int MAX_COOKIES = 3_000;

	private static final Comparator<Cookie> LEAST_RECENTLY_USED = Comparator.comparing(Cookie::lastAccessTime);

	private final InstantSource clock;

	private final List<LongConsumer> evictions = new CopyOnWriteArrayList<>();

	private final Object lock = new Object();

	private final Map<String, Map<Cookie.Identity, Cookie>> sites = new LinkedHashMap<>();

	private int size;

	/**
	 * Create a store that goes by the system's clock.
	 */
	public InMemoryCookieStore() {
		this(InstantSource.system(), (count) -> {
		});
	}

	/**
	 * Create a store.
	 * @param clock tells which cookies have expired
	 * @param evictions told how many cookies, 1 or more, were dropped before their time
	 * because there were too many; must not block
	 */
	public InMemoryCookieStore(InstantSource clock, LongConsumer evictions) {
		Assert.notNull(clock, "The clock must not be null");
		Assert.notNull(evictions, "The consumer of evictions must not be null");
		this.clock = clock;
		this.evictions.add(evictions);
	}

	/**
	 * Add someone to tell of evictions, such as a meter of a client that uses the store.
	 * @param consumer told how many cookies, 1 or more, were dropped before their time
	 * because there were too many; must not block
	 */
	public void onEviction(LongConsumer consumer) {
		Assert.notNull(consumer, "The consumer of evictions must not be null");
		this.evictions.add(consumer);
	}

	@Override
	public List<Cookie> cookies(String site) {
		synchronized (this.lock) {
			return List.copyOf(this.sites.getOrDefault(site, Map.of()).values());
		}
	}

	@Override
	public void store(String site, Cookie cookie) {
		Instant now = this.clock.instant();
		int evicted;
		synchronized (this.lock) {
			if (this.sites.computeIfAbsent(site, (key) -> new LinkedHashMap<>())
				.put(cookie.identity(), cookie) == null) {
				this.size++;
			}
			evicted = keepHostLimit(site, cookie.domain(), now) + keepTotalLimit(now);
		}
		if (evicted > 0) {
			this.evictions.forEach((told) -> told.accept(evicted));
		}
	}

	@Override
	public void accessed(String site, Cookie.Identity identity, Instant time) {
		synchronized (this.lock) {
			Map<Cookie.Identity, Cookie> cookies = this.sites.get(site);
			if (cookies != null) {
				cookies.computeIfPresent(identity, (key, cookie) -> cookie.withLastAccessTime(time));
			}
		}
	}

	@Override
	public void remove(String site, Cookie.Identity identity) {
		synchronized (this.lock) {
			Map<Cookie.Identity, Cookie> cookies = this.sites.get(site);
			if (cookies != null && cookies.remove(identity) != null) {
				this.size--;
				if (cookies.isEmpty()) {
					this.sites.remove(site);
				}
			}
		}
	}

	@Override
	public void clear() {
		synchronized (this.lock) {
			this.sites.clear();
			this.size = 0;
		}
	}

	/**
	 * Return how many cookies there are, expired ones included.
	 * @return 0 to {@value #MAX_COOKIES}
	 */
	public int size() {
		synchronized (this.lock) {
			return this.size;
		}
	}

	/** Tell the size only: cookies are secrets. */
	@Override
	public String toString() {
		return "InMemoryCookieStore[" + size() + "]";
	}

	private int keepHostLimit(String site, String domain, Instant now) {
		if (countOf(site, domain) <= MAX_COOKIES_PER_HOST) {
			return 0;
		}
		removeExpired(site, now);
		int evicted = 0;
		for (; countOf(site, domain) > MAX_COOKIES_PER_HOST; evicted++) {
			Cookie victim = of(site, domain).filter((cookie) -> !cookie.secure())
				.min(LEAST_RECENTLY_USED)
				.or(() -> of(site, domain).min(LEAST_RECENTLY_USED))
				.orElseThrow();
			remove(site, victim.identity());
		}
		return evicted;
	}

	private int keepTotalLimit(Instant now) {
		if (this.size <= MAX_COOKIES) {
			return 0;
		}
		List.copyOf(this.sites.keySet()).forEach((site) -> removeExpired(site, now));
		int evicted = 0;
		for (; this.size > MAX_COOKIES; evicted++) {
			Map.Entry<String, Cookie> victim = this.sites.entrySet()
				.stream()
				.flatMap((site) -> site.getValue().values().stream().map((cookie) -> Map.entry(site.getKey(), cookie)))
				.min(Map.Entry.comparingByValue(LEAST_RECENTLY_USED))
				.orElseThrow();
			remove(victim.getKey(), victim.getValue().identity());
		}
		return evicted;
	}

	private void removeExpired(String site, Instant now) {
		cookies(site).stream()
			.filter((cookie) -> cookie.isExpired(now))
			.forEach((cookie) -> remove(site, cookie.identity()));
	}

	private long countOf(String site, String domain) {
		return of(site, domain).count();
	}

	private Stream<Cookie> of(String site, String domain) {
		return this.sites.getOrDefault(site, Map.of())
			.values()
			.stream()
			.filter((cookie) -> cookie.domain().equals(domain));
	}

}
