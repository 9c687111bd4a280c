package io.github.springxhr.benchmarks.peer;

/**
 * What the JSON of the server becomes.
 *
 * @param id a number
 * @param customer a name
 * @param city another
 * @param total an amount
 * @param paid a flag
 */
public record Order(int id, String customer, String city, double total, boolean paid) {

	/** The number of the order that the server has. */
	public static final int SAMPLE = 4711;

}
