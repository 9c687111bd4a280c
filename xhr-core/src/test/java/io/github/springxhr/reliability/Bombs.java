package io.github.springxhr.reliability;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Coded bodies that grow a thousandfold. Made once.
 */
final class Bombs {

	private static final int SIZE = 64 * 1024 * 1024;

	private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

	private Bombs() {
	}

	/**
	 * Make a bomb.
	 * @param coding the content coding
	 * @return zeros, coded
	 */
	static byte[] of(String coding) {
		return MADE.computeIfAbsent(coding, (key) -> FaultCatalog.coded(new byte[SIZE], key));
	}

}
