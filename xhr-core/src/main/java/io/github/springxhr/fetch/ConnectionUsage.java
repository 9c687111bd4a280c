package io.github.springxhr.fetch;

/**
 * The connections of a transport at one moment.
 *
 * @param active those that an exchange has
 * @param idle those that are kept for later
 * @param pending how many exchanges wait for one
 * @since 0.1.0
 */
public record ConnectionUsage(int active, int idle, int pending) {

	/** No connection, and none that is waited for. */
	public static final ConnectionUsage NONE = new ConnectionUsage(0, 0, 0);

	/**
	 * Return the sum of this and another.
	 * @param other what to add
	 * @return the sum
	 */
	public ConnectionUsage plus(ConnectionUsage other) {
		return new ConnectionUsage(this.active + other.active, this.idle + other.idle, this.pending + other.pending);
	}

}
