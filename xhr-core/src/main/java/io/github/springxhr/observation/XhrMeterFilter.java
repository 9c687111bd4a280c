package io.github.springxhr.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Limits how many meters {@code xhr.requests} becomes, whatever servers and callers come
 * up with:
 * <ul>
 * <li>A client has so many values of {@code uri} at most. What would be one more is
 * recorded no more, as by Micrometer's filter of the maximum allowable tags, and a
 * warning says so once.</li>
 * <li>A client and {@code uri} have {@value #MAX_PAIRS} pairs of {@code method} and
 * {@code status} at most. What would be one more counts as {@code other} in both, so that
 * it is still counted and its outcome is still right.</li>
 * </ul>
 * To be added to a registry before its first request.
 *
 * <h2>Concurrency</h2> Called from any thread.
 *
 * @since 0.1.0
 */
public final class XhrMeterFilter implements MeterFilter {

	/** How many pairs of method and status a client and template have of their own. */
	public static final int MAX_PAIRS = 40;

	private static final Log logger = LogFactory.getLog(XhrMeterFilter.class);

	private static final String NAME = "xhr.requests";

	private static final Tag OTHER_METHOD = Tag.of("method", "other");

	private static final Tag OTHER_STATUS = Tag.of("status", "other");

	private final int maxUris;

	/** The name of the observation, if it is another one. */
	private final Supplier<@Nullable String> ownName;

	private final ConcurrentMap<String, Set<String>> uris = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, Set<String>> pairs = new ConcurrentHashMap<>();

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create a filter.
	 * @param maxUris how many values of {@code uri} a client has at most, 1 or more
	 */
	public XhrMeterFilter(int maxUris) {
		this(maxUris, () -> null);
	}

	/**
	 * Create a filter for an observation that a convention has given another name.
	 * @param maxUris how many values of {@code uri} a client has at most, 1 or more
	 * @param ownName gives the name, or {@code null} for {@code xhr.requests}; asked only
	 * about meters that have a tag {@code client}
	 */
	public XhrMeterFilter(int maxUris, Supplier<@Nullable String> ownName) {
		Assert.isTrue(maxUris > 0, "maxUris must be positive");
		Assert.notNull(ownName, "ownName must not be null");
		this.maxUris = maxUris;
		this.ownName = ownName;
	}

	@Override
	public MeterFilterReply accept(Meter.Id id) {
		if (!isOfRequests(id, "") && !isOfRequests(id, ".active")) {
			return MeterFilterReply.NEUTRAL;
		}
		if (isWithin(this.uris, tag(id, "client"), tag(id, "uri"), this.maxUris)) {
			return MeterFilterReply.NEUTRAL;
		}
		if (this.warned.compareAndSet(false, true)) {
			logger.warn("There are more than " + this.maxUris + " values of the tag 'uri' of '" + id.getName()
					+ "'; are URLs made by concatenation and not by template variables?");
		}
		return MeterFilterReply.DENY;
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		if (!isOfRequests(id, "")) {
			return id;
		}
		String client = tag(id, "client");
		String uri = tag(id, "uri");
		// the meters of what is denied are not kept in mind
		Set<String> known = this.uris.get(client);
		if (known != null && known.size() >= this.maxUris && !known.contains(uri)) {
			return id;
		}
		String pair = tag(id, "method") + " " + tag(id, "status");
		return isWithin(this.pairs, client + " " + uri, pair, MAX_PAIRS) ? id
				: id.withTag(OTHER_METHOD).withTag(OTHER_STATUS);
	}

	private boolean isOfRequests(Meter.Id id, String suffix) {
		if (id.getName().equals(NAME + suffix)) {
			return true;
		}
		if (id.getTag("client") == null) {
			return false;
		}
		String own = this.ownName.get();
		return own != null && id.getName().equals(own + suffix);
	}

	private static boolean isWithin(ConcurrentMap<String, Set<String>> sets, String key, String value, int limit) {
		Set<String> values = sets.computeIfAbsent(key, (absent) -> ConcurrentHashMap.newKeySet());
		if (values.contains(value)) {
			return true;
		}
		synchronized (values) {
			return values.contains(value) || (values.size() < limit && values.add(value));
		}
	}

	private static String tag(Meter.Id id, String key) {
		String value = id.getTag(key);
		return (value != null) ? value : "";
	}

}
