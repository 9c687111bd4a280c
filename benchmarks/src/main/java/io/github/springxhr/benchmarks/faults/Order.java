package io.github.springxhr.benchmarks.faults;

import io.github.springxhr.reliability.Upload;
import org.jspecify.annotations.Nullable;

/**
 * A request to be sent.
 *
 * @param method the method
 * @param url the URL
 * @param upload the body, if any
 */
record Order(String method, String url, @Nullable Upload upload) {

	static Order get(String url) {
		return new Order("GET", url, null);
	}

}
