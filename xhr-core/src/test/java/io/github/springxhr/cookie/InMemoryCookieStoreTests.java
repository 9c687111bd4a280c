package io.github.springxhr.cookie;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InMemoryCookieStore}.
 */
class InMemoryCookieStoreTests {

	private static final String SITE = "example.com";

	private final TestClock clock = new TestClock();

	private final AtomicLong evicted = new AtomicLong();

	private final InMemoryCookieStore store = new InMemoryCookieStore(this.clock, this.evicted::addAndGet);

	@Test
	void hostHasFiftyCookies() {
		fill(SITE, 50, true);
		assertThat(this.store.cookies(SITE)).hasSize(50);
		assertThat(this.evicted).hasValue(0);
		put(SITE, "new", true, null);
		assertThat(this.store.cookies(SITE)).hasSize(50).extracting(Cookie::name).doesNotContain("c0").contains("new");
		assertThat(this.evicted).hasValue(1);
	}

	@Test
	void limitOfAHostIsItsOwn() {
		fill(SITE, 50, true);
		for (int i = 0; i < 50; i++) {
			this.store.store(SITE, cookie("www." + SITE, "c" + i, true, null));
		}
		assertThat(this.store.cookies(SITE)).hasSize(100);
		assertThat(this.evicted).hasValue(0);
	}

	@Test
	void replacedCookieEvictsNothing() {
		fill(SITE, 50, true);
		put(SITE, "c0", true, null);
		assertThat(this.store.size()).isEqualTo(50);
		assertThat(this.evicted).hasValue(0);
	}

	@Test
	void expiredCookiesGoFirstAndAreNotCounted() {
		put(SITE, "expiring", true, Duration.ofSeconds(100));
		put(SITE, "insecure", false, null);
		fill(SITE, 48, true);
		this.store.accessed(SITE, cookie(SITE, "expiring", true, null).identity(), TestClock.START.plusSeconds(99));
		this.clock.advance(Duration.ofSeconds(100));
		put(SITE, "new", true, null);
		assertThat(this.store.cookies(SITE)).hasSize(50).extracting(Cookie::name).doesNotContain("expiring");
		assertThat(this.evicted).hasValue(0);
	}

	@Test
	void insecureCookiesOfTheHostGoNextTheLeastRecentlyUsedFirst() {
		fill(SITE, 48, true);
		put(SITE, "used", false, null);
		put(SITE, "unused", false, null);
		this.clock.advance(Duration.ofSeconds(1));
		this.store.accessed(SITE, cookie(SITE, "used", false, null).identity(), this.clock.instant());
		put(SITE, "new", true, null);
		assertThat(this.store.cookies(SITE)).hasSize(50)
			.extracting(Cookie::name)
			.contains("used")
			.doesNotContain("unused");
	}

	@Test
	void insecureCookieCannotPushOutSecureOnes() {
		fill(SITE, 50, true);
		this.clock.advance(Duration.ofSeconds(1));
		put(SITE, "insecure", false, null);
		assertThat(this.store.cookies(SITE)).hasSize(50).allMatch(Cookie::secure);
		assertThat(this.evicted).hasValue(1);
	}

	@Test
	void leastRecentlyUsedGoesLast() {
		fill(SITE, 50, true);
		this.clock.advance(Duration.ofSeconds(1));
		this.store.accessed(SITE, cookie(SITE, "c0", true, null).identity(), this.clock.instant());
		put(SITE, "new", true, null);
		assertThat(this.store.cookies(SITE)).extracting(Cookie::name).contains("c0", "new").doesNotContain("c1");
	}

	@Test
	void thereAreThreeThousandCookies() {
		fillToTheLimit();
		assertThat(this.store.size()).isEqualTo(3_000);
		assertThat(this.evicted).hasValue(0);
		this.clock.advance(Duration.ofSeconds(1));
		this.store.accessed("s0.example", cookie("s0.example", "c0", true, null).identity(), this.clock.instant());
		put("new.example", "new", false, null);
		assertThat(this.store.size()).isEqualTo(3_000);
		assertThat(this.store.cookies("new.example")).hasSize(1);
		assertThat(this.store.cookies("s0.example")).extracting(Cookie::name).contains("c0").doesNotContain("c1");
		assertThat(this.evicted).hasValue(1);
	}

	@Test
	void expiredCookiesOfAllSitesGoFirstWhenTheStoreIsFull() {
		put("gone.example", "expiring", true, Duration.ofSeconds(1));
		fillToTheLimit();
		this.clock.advance(Duration.ofSeconds(1));
		put("new.example", "new", true, null);
		assertThat(this.store.size()).isEqualTo(3_000);
		assertThat(this.store.cookies("gone.example")).isEmpty();
		assertThat(this.evicted).hasValue(0);
	}

	@Test
	void removesAndClears() {
		fill(SITE, 2, true);
		this.store.remove(SITE, cookie(SITE, "c0", true, null).identity());
		this.store.remove(SITE, cookie(SITE, "c0", true, null).identity());
		this.store.remove("other.example", cookie(SITE, "c1", true, null).identity());
		assertThat(this.store.cookies(SITE)).extracting(Cookie::name).containsExactly("c1");
		assertThat(this.store.size()).isEqualTo(1);
		this.store.clear();
		assertThat(this.store.cookies(SITE)).isEmpty();
		assertThat(this.store.size()).isZero();
	}

	@Test
	void accessOfACookieThatIsGoneBringsItNotBack() {
		this.store.accessed(SITE, cookie(SITE, "a", true, null).identity(), TestClock.START);
		put(SITE, "b", true, null);
		this.store.accessed(SITE, cookie(SITE, "a", true, null).identity(), TestClock.START);
		assertThat(this.store.cookies(SITE)).extracting(Cookie::name).containsExactly("b");
	}

	@Test
	void textHasNoCookies() {
		put(SITE, "name", true, null);
		assertThat(this.store).hasToString("InMemoryCookieStore[1]");
	}

	private void fillToTheLimit() {
		for (int i = 0; this.store.size() < 3_000; i++) {
			fill("s" + i + ".example", Math.min(50, 3_000 - this.store.size()), true);
		}
	}

	private void fill(String site, int count, boolean secure) {
		for (int i = 0; i < count; i++) {
			put(site, "c" + i, secure, null);
		}
	}

	private void put(String site, String name, boolean secure, Duration maxAge) {
		this.store.store(site, cookie(site, name, secure, maxAge));
	}

	private Cookie cookie(String domain, String name, boolean secure, Duration maxAge) {
		return new Cookie(name, "secret", domain, true, "/", secure, false, Cookie.SameSite.UNSET, this.clock.instant(),
				this.clock.instant(), (maxAge != null) ? this.clock.instant().plus(maxAge) : null);
	}

}
