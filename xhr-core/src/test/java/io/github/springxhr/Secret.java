package io.github.springxhr;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * A secret, by where it is planted.
 */
enum Secret {

	URL_PASSWORD, QUERY, AUTHOR_HEADER, AUTHOR_AUTHORIZATION, CONFIGURED_HEADER, CONFIGURED_PASSWORD, DEFAULT_HEADER,
	DEFAULT_COOKIE, FILTER, JAR, OPEN_PASSWORD, BODY, LOCATION_PASSWORD;

	/** The user name that goes with each password, and is as secret. */
	static final String USER = "canaryUser";

	String value() {
		return "canary" + name().replace("_", "") + "0Yz";
	}

	/** The value of {@code Authorization}, if it is a password. */
	String encoded() {
		return Base64.getEncoder().encodeToString((USER + ":" + value()).getBytes(StandardCharsets.UTF_8));
	}

	boolean isIn(String text) {
		return text.contains(value()) || text.contains(encoded());
	}

	static Stream<Secret> in(String text) {
		return Stream.of(values()).filter((secret) -> secret.isIn(text));
	}

}
