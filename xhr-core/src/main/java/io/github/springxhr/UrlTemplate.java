package io.github.springxhr;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.InvalidUrlException;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Puts variables into the template of a URL. What they stand for is data: it cannot add
 * segments to the path, and not take any away either.
 *
 * @see <a href="https://url.spec.whatwg.org/#double-dot-path-segment">Dot segments</a>
 */
final class UrlTemplate {

	private static final Pattern DOT_SEGMENT = Pattern.compile("(\\.|%2e){1,2}", Pattern.CASE_INSENSITIVE);

	private UrlTemplate() {
	}

	/**
	 * Expand a template.
	 * @param template the template
	 * @param variables the values, in the order in which it names them
	 * @return the URL
	 * @throws InvalidUrlException if the template cannot be parsed
	 * @throws IllegalArgumentException if a value is missing
	 * @throws XhrException a {@code SyntaxError} if a value makes a segment of the path a
	 * dot segment, which parsing would resolve
	 */
	static String expand(String template, Object... variables) {
		UriComponents components = UriComponentsBuilder.fromUriString(template).encode().build();
		UriComponents expanded = components.expand(variables);
		String[] segments = segments(expanded.getPath());
		String[] named = segments(components.expand((name) -> "variable").getPath());
		for (int i = 0; i < segments.length; i++) {
			if (DOT_SEGMENT.matcher(segments[i]).matches() && !segments[i].equals(named[i])) {
				throw XhrException.syntax("a variable of the URL template is a dot segment");
			}
		}
		return expanded.toUriString();
	}

	private static String[] segments(@Nullable String path) {
		return (path != null) ? path.split("/", -1) : new String[0];
	}

}
