package io.github.springxhr.reliability;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Coded bodies that grow a thousandfold. Made once.
 */
final class Bombs {

	private static final int SIZE = 64 * 1024 * 1024;

	private static final int INCOMPRESSIBLE = 80 * 1024;

	private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

	private Bombs() {
	}

	/**
	 * Make a bomb that the limit of the ratio lets through: what cannot be compressed
	 * comes first, so that nearly as much as a response may have can come of a few bytes,
	 * at once; what is too much comes last.
	 * @param codings the content codings, as in {@code Content-Encoding}
	 * @return a little more than 64 MiB, coded
	 */
	static byte[] within(String codings) {
		return MADE.computeIfAbsent("within " + codings, (key) -> {
			byte[] body = new byte[SIZE + INCOMPRESSIBLE];
			new Random(1).nextBytes(body);
			Arrays.fill(body, INCOMPRESSIBLE, SIZE - INCOMPRESSIBLE, (byte) 0);
			return coded(body, codings);
		});
	}

	/**
	 * Make a bomb.
	 * @param codings the content codings, as in {@code Content-Encoding}
	 * @return zeros, coded
	 */
	static byte[] of(String codings) {
		return MADE.computeIfAbsent(codings, (key) -> coded(new byte[SIZE], key));
	}

	private static byte[] coded(byte[] body, String codings) {
		byte[] coded = body;
		for (String coding : codings.split(", ")) {
			coded = FaultCatalog.coded(coded, coding);
		}
		return coded;
	}

}
