package io.github.springxhr.webclient;

import java.time.Duration;

import org.springframework.util.Assert;

/**
 * The connection pool of a client.
 *
 * <pre class="code">
 * builder.pool(PoolSettings.defaults().withMaxConnections(50).withPendingTimeout(Duration.ofSeconds(2)));
 * </pre>
 *
 * @param maxConnections how many connections there may be to one host and port, 1 or more
 * @param pendingLimit how many requests to one host and port may wait for a connection, 0
 * or more; one more fails with {@link io.github.springxhr.http.FailureKind#POOL}
 * @param pendingTimeout how long a request may wait for a connection before it fails with
 * {@link io.github.springxhr.http.FailureKind#POOL}, in whole milliseconds; zero for no
 * limit but the request's own timeout, which counts the wait too
 * @param maxIdleTime how long a connection may be unused before it is closed, in whole
 * milliseconds; zero for no limit. Keep it below the server's: a request may be lost on a
 * connection that the server is closing
 * @param maxLifeTime how old a connection may become before it is closed, once it is not
 * in use, in whole milliseconds; zero for no limit. It makes a client notice that a host
 * has a new address
 * @param evictionInterval how often connections are looked for that are idle or old, in
 * whole milliseconds; zero to look only when a connection is taken or given back
 * @since 0.1.0
 */
public record PoolSettings(int maxConnections, int pendingLimit, Duration pendingTimeout, Duration maxIdleTime,
		Duration maxLifeTime, Duration evictionInterval) {

	/**
	 * A waiting request costs little; failing it costs a retry. Common servers hang up
	 * after more than 15 idle seconds.
	 */
	private static final PoolSettings DEFAULTS = new PoolSettings(500, 50_000, Duration.ZERO, Duration.ofSeconds(15),
			Duration.ofMinutes(10), Duration.ofSeconds(10));

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if one of them is out of range
	 */
	public PoolSettings {
		Assert.isTrue(maxConnections > 0, "pool.max-connections must be 1 or more");
		Assert.isTrue(pendingLimit >= 0, "pool.pending-limit must not be negative");
		check(pendingTimeout, "pool.pending-timeout");
		check(maxIdleTime, "pool.max-idle-time");
		check(maxLifeTime, "pool.max-life-time");
		check(evictionInterval, "pool.eviction-interval");
	}

	private static void check(Duration duration, String what) {
		Assert.notNull(duration, () -> what + " must not be null");
		Assert.isTrue(duration.isZero() || duration.compareTo(Duration.ofMillis(1)) >= 0,
				() -> what + " must be zero, for none, or at least 1 ms");
		Assert.isTrue(duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0,
				() -> what + " must be at most " + Integer.MAX_VALUE + " ms");
	}

	/**
	 * Return what holds unless set: 500 connections, 50,000 waiting requests, no time
	 * limit for them, 15 seconds idle, 10 minutes old, a look every 10 seconds.
	 * @return the defaults
	 */
	public static PoolSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with another number of connections.
	 * @param maxConnections how many there may be to one host and port, 1 or more
	 * @return new settings
	 * @throws IllegalArgumentException if it is less
	 */
	public PoolSettings withMaxConnections(int maxConnections) {
		return new PoolSettings(maxConnections, this.pendingLimit, this.pendingTimeout, this.maxIdleTime,
				this.maxLifeTime, this.evictionInterval);
	}

	/**
	 * Return these settings with another limit of waiting requests.
	 * @param pendingLimit how many may wait, 0 or more
	 * @return new settings
	 * @throws IllegalArgumentException if it is less
	 */
	public PoolSettings withPendingLimit(int pendingLimit) {
		return new PoolSettings(this.maxConnections, pendingLimit, this.pendingTimeout, this.maxIdleTime,
				this.maxLifeTime, this.evictionInterval);
	}

	/**
	 * Return these settings with another time limit of waiting requests.
	 * @param pendingTimeout how long one may wait, 1 ms or more, or zero for no limit
	 * @return new settings
	 * @throws IllegalArgumentException if it is out of range
	 */
	public PoolSettings withPendingTimeout(Duration pendingTimeout) {
		return new PoolSettings(this.maxConnections, this.pendingLimit, pendingTimeout, this.maxIdleTime,
				this.maxLifeTime, this.evictionInterval);
	}

	/**
	 * Return these settings with another idle time.
	 * @param maxIdleTime how long a connection may be unused, 1 ms or more, or zero for
	 * no limit
	 * @return new settings
	 * @throws IllegalArgumentException if it is out of range
	 */
	public PoolSettings withMaxIdleTime(Duration maxIdleTime) {
		return new PoolSettings(this.maxConnections, this.pendingLimit, this.pendingTimeout, maxIdleTime,
				this.maxLifeTime, this.evictionInterval);
	}

	/**
	 * Return these settings with another life time.
	 * @param maxLifeTime how old a connection may become, 1 ms or more, or zero for no
	 * limit
	 * @return new settings
	 * @throws IllegalArgumentException if it is out of range
	 */
	public PoolSettings withMaxLifeTime(Duration maxLifeTime) {
		return new PoolSettings(this.maxConnections, this.pendingLimit, this.pendingTimeout, this.maxIdleTime,
				maxLifeTime, this.evictionInterval);
	}

	/**
	 * Return these settings with another interval of eviction.
	 * @param evictionInterval how often to look for connections to close, 1 ms or more,
	 * or zero for never
	 * @return new settings
	 * @throws IllegalArgumentException if it is out of range
	 */
	public PoolSettings withEvictionInterval(Duration evictionInterval) {
		return new PoolSettings(this.maxConnections, this.pendingLimit, this.pendingTimeout, this.maxIdleTime,
				this.maxLifeTime, evictionInterval);
	}

}
