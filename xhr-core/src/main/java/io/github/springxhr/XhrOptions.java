package io.github.springxhr;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * What is decided about a request before it is opened: Mozilla's constructor parameters
 * in their Java form, and limits of a single request. Not part of the standard.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://developer.mozilla.org/en-US/docs/Web/API/XMLHttpRequest/XMLHttpRequest">MDN,
 * XMLHttpRequest()</a>
 */
public final class XhrOptions {

	/** What a request has unless it is told otherwise. */
	public static final XhrOptions DEFAULTS = new XhrOptions(false, false, -1, null);

	private final boolean anonymous;

	private final boolean system;

	private final long maxResponseSize;

	private final @Nullable Executor eventExecutor;

	private XhrOptions(boolean anonymous, boolean system, long maxResponseSize, @Nullable Executor eventExecutor) {
		this.anonymous = anonymous;
		this.system = system;
		this.maxResponseSize = maxResponseSize;
		this.eventExecutor = eventExecutor;
	}

	/**
	 * Return options for a request that carries no credentials: no configured header, no
	 * configured Authorization, no cookies; Mozilla's {@code mozAnon}.
	 * @return the options
	 */
	public XhrOptions anonymous() {
		return new XhrOptions(true, this.system, this.maxResponseSize, this.eventExecutor);
	}

	/**
	 * Return options for a request to which the same-origin policy does not apply;
	 * Mozilla's {@code mozSystem}.
	 * @return the options
	 */
	public XhrOptions system() {
		return new XhrOptions(this.anonymous, true, this.maxResponseSize, this.eventExecutor);
	}

	/**
	 * Return options with another limit for the response than the factory's.
	 * @param limit the largest body, 1 byte or more
	 * @return the options
	 * @throws IllegalArgumentException if it is less
	 */
	public XhrOptions maxResponseSize(DataSize limit) {
		Assert.isTrue(limit.toBytes() > 0, "maxResponseSize must be at least 1 byte");
		return new XhrOptions(this.anonymous, this.system, limit.toBytes(), this.eventExecutor);
	}

	/**
	 * Return options for a request whose events from the network are fired by another
	 * executor than the factory's.
	 * @param executor the executor
	 * @return the options
	 */
	public XhrOptions eventExecutor(Executor executor) {
		Assert.notNull(executor, "executor must not be null");
		return new XhrOptions(this.anonymous, this.system, this.maxResponseSize, executor);
	}

	@Nullable Executor eventExecutor() {
		return this.eventExecutor;
	}

	boolean isAnonymous() {
		return this.anonymous;
	}

	boolean isSystem() {
		return this.system;
	}

	/**
	 * Return the limit of the response, or the given one if none was set.
	 */
	long maxResponseSizeOr(long factoryLimit) {
		return (this.maxResponseSize > 0) ? this.maxResponseSize : factoryLimit;
	}

}
