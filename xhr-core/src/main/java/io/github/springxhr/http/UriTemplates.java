package io.github.springxhr.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What may be shown of the URL template that a request was opened with, in logs, metrics,
 * traces and archives. It is no secret, unless its author wrote one into it: so the query
 * is never shown, and nothing of a template in which a user name or a password could be.
 * A template is shown if it is plainly a path, or plainly a scheme, an authority without
 * user information, and a path. A URL parser takes more than that, such as
 * {@code https:user:secret@host}: what is not plain is not shown.
 *
 * @since 0.1.0
 */
@Internal
public final class UriTemplates {

	/** The URL parser leaves these out, wherever they are. */
	private static final Pattern IGNORED = Pattern.compile("[\\t\\r\\n]");

	private static final Pattern ABSOLUTE = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/@]+(/.*)?",
			Pattern.DOTALL);

	private static final Pattern RELATIVE = Pattern.compile("/(?!/).*|[^/:@]*|[^/:@]+/.*", Pattern.DOTALL);

	private UriTemplates() {
	}

	/**
	 * Return a template without its query.
	 * @param template the template, or {@code null} if there is none
	 * @return the template up to its query, or {@code null} if it may not be shown
	 */
	public static @Nullable String redacted(@Nullable String template) {
		return (path(template) != null) ? withoutQuery(template) : null;
	}

	/**
	 * Return the path of a template.
	 * @param template the template, or {@code null} if there is none
	 * @return the path, relative as it was given, {@code "/"} for an empty one, or
	 * {@code null} if it may not be shown
	 */
	public static @Nullable String path(@Nullable String template) {
		if (template == null) {
			return null;
		}
		String shown = withoutQuery(template);
		String parsed = IGNORED.matcher(shown).replaceAll("");
		if (parsed.indexOf('\\') >= 0 || !parsed.equals(parsed.strip())
				|| parsed.chars().anyMatch(Character::isISOControl)) {
			return null;
		}
		Matcher absolute = ABSOLUTE.matcher(parsed);
		if (absolute.matches()) {
			return (absolute.group(1) != null) ? absolute.group(1) : "/";
		}
		if (!RELATIVE.matcher(parsed).matches()) {
			return null;
		}
		return shown.isEmpty() ? "/" : shown;
	}

	private static String withoutQuery(@Nullable String template) {
		return (template != null) ? template.split("[?#]", 2)[0] : "";
	}

}
