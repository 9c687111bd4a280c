package io.github.springxhr.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A server's demand for a user name and password.
 *
 * @param realm what they are for; empty if the server does not say
 * @since 0.1.0
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617#section-2">RFC 7617</a>
 */
@Internal
public record BasicChallenge(String realm) {

	/**
	 * Find the first Basic challenge of a response.
	 * @param headers the response's headers
	 * @return the challenge, or {@code null} if {@code WWW-Authenticate} has none
	 */
	public static @Nullable BasicChallenge find(HeaderList headers) {
		return headers.getAll("WWW-Authenticate")
			.stream()
			.map(ChallengeParser::parse)
			.flatMap(List::stream)
			.filter((challenge) -> challenge.scheme().equals("basic"))
			.findFirst()
			.map((challenge) -> new BasicChallenge(challenge.parameters().getOrDefault("realm", "")))
			.orElse(null);
	}

}
