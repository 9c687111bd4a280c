package io.github.springxhr.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties of a client's connection pool. What is {@code null} is not
 * set, and may be inherited.
 *
 * @since 0.1.0
 */
public class XhrPoolProperties {

	/**
	 * Number of connections that there may be to one host and port, at least 1.
	 */
	private @Nullable Integer maxConnections;

	/**
	 * Number of requests to one host and port that may wait for a connection. One more
	 * fails.
	 */
	private @Nullable Integer pendingLimit;

	/**
	 * Time that a request may wait for a connection. Zero means that only its timeout
	 * limits it.
	 */
	private @Nullable Duration pendingTimeout;

	/**
	 * Time that a connection may be unused before it is closed. Zero means that there is
	 * no limit. Keep it below that of the server.
	 */
	private @Nullable Duration maxIdleTime;

	/**
	 * Age at which a connection is closed, once it is not in use. Zero means that there
	 * is no limit.
	 */
	private @Nullable Duration maxLifeTime;

	/**
	 * Time between two looks for connections that are idle or old. Zero means to look
	 * only when a connection is taken or given back.
	 */
	private @Nullable Duration evictionInterval;

	public @Nullable Integer getMaxConnections() {
		return this.maxConnections;
	}

	public void setMaxConnections(@Nullable Integer maxConnections) {
		this.maxConnections = maxConnections;
	}

	public @Nullable Integer getPendingLimit() {
		return this.pendingLimit;
	}

	public void setPendingLimit(@Nullable Integer pendingLimit) {
		this.pendingLimit = pendingLimit;
	}

	public @Nullable Duration getPendingTimeout() {
		return this.pendingTimeout;
	}

	public void setPendingTimeout(@Nullable Duration pendingTimeout) {
		this.pendingTimeout = pendingTimeout;
	}

	public @Nullable Duration getMaxIdleTime() {
		return this.maxIdleTime;
	}

	public void setMaxIdleTime(@Nullable Duration maxIdleTime) {
		this.maxIdleTime = maxIdleTime;
	}

	public @Nullable Duration getMaxLifeTime() {
		return this.maxLifeTime;
	}

	public void setMaxLifeTime(@Nullable Duration maxLifeTime) {
		this.maxLifeTime = maxLifeTime;
	}

	public @Nullable Duration getEvictionInterval() {
		return this.evictionInterval;
	}

	public void setEvictionInterval(@Nullable Duration evictionInterval) {
		this.evictionInterval = evictionInterval;
	}

}
