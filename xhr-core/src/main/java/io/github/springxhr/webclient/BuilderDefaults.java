package io.github.springxhr.webclient;

import java.util.StringJoiner;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Internal;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * The default headers and cookies of a {@link WebClient.Builder}. WebClient would send
 * them anywhere; they may hold secrets, so the fetch decides where they go.
 *
 * @since 0.1.0
 */
@Internal
public final class BuilderDefaults {

	private BuilderDefaults() {
	}

	/**
	 * Take the default headers and cookies off the builder.
	 * @param builder the builder, which has none afterwards
	 * @return the headers, with the cookies as one of them
	 */
	public static HeaderList take(WebClient.Builder builder) {
		HeaderList taken = new HeaderList();
		builder.defaultHeaders((headers) -> {
			headers.forEach((name, values) -> values.forEach((value) -> taken.add(name, value)));
			headers.clear();
		});
		StringJoiner cookies = new StringJoiner("; ");
		builder.defaultCookies((defaults) -> {
			defaults.forEach((name, values) -> values.forEach((value) -> cookies.add(name + "=" + value)));
			defaults.clear();
		});
		if (cookies.length() > 0) {
			taken.add("Cookie", cookies.toString());
		}
		return taken;
	}

}
