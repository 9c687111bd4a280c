package io.github.springxhr.webclient;

import java.util.StringJoiner;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Internal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The default headers and cookies of a {@link WebClient.Builder}. WebClient would send
 * them anywhere; they may hold secrets, so the fetch decides where they go.
 *
 * @since 0.1.0
 */
@Internal
public final class BuilderDefaults {

	private static final Log logger = LogFactory.getLog(BuilderDefaults.class);

	private BuilderDefaults() {
	}

	/**
	 * Take the default headers and cookies off the builder.
	 * @param builder the builder, which has none afterwards
	 * @return the headers, with the cookies as one of them
	 * @throws IllegalStateException if a value cannot be sent
	 */
	public static HeaderList take(WebClient.Builder builder) {
		HeaderList taken = new HeaderList();
		builder.defaultHeaders((headers) -> {
			headers.forEach((name, values) -> values.forEach((value) -> take(taken, name, value)));
			headers.clear();
		});
		StringJoiner cookies = new StringJoiner("; ");
		builder.defaultCookies((defaults) -> {
			defaults.forEach((name, values) -> values.forEach((value) -> cookies.add(name + "=" + value)));
			defaults.clear();
		});
		if (cookies.length() > 0) {
			take(taken, "Cookie", cookies.toString());
		}
		return taken;
	}

	private static void take(HeaderList taken, String name, String value) {
		if (HttpRules.isFramingHeader(name)) {
			logger.warn(
					"The WebClient.Builder's default header '" + name + "' is not sent, as the client sets it itself");
			return;
		}
		String normalized = HttpRules.normalizeHeaderValue(value);
		Assert.state(HttpRules.isHeaderName(name) && HttpRules.isHeaderValue(normalized),
				() -> "The WebClient.Builder's default header '" + name
						+ "' has a control character or one above U+00FF");
		taken.add(name, normalized);
	}

}
