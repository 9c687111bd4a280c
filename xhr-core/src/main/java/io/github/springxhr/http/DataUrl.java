package io.github.springxhr.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.mime.MimeType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a {@code data:} URL holds.
 *
 * @param mimeType the type of the body
 * @param body the body's bytes; not copied
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#data-urls">Fetch Standard, data: URLs</a>
 */
@Internal
public record DataUrl(MimeType mimeType, byte[] body) {

	private static final Pattern BASE64 = Pattern.compile("; *+base64\\z", Pattern.CASE_INSENSITIVE);

	private static final MimeType DEFAULT_TYPE = MimeType.valueOf("text/plain;charset=US-ASCII");

	/**
	 * Read a {@code data:} URL.
	 * @param url a URL of that scheme; its fragment does not count
	 * @return type and body, or {@code null} if there is no comma or the body is no
	 * Base64 where it should be
	 * @throws IllegalArgumentException if the URL has another scheme
	 * @see <a href="https://fetch.spec.whatwg.org/#data-url-processor">data: URL
	 * processor</a>
	 */
	public static @Nullable DataUrl parse(Url url) {
		Assert.isTrue(url.scheme().equals("data"), "Not a data: URL");
		String input = url.requestTarget();
		int comma = input.indexOf(',');
		if (comma < 0) {
			return null;
		}
		String type = input.substring(0, comma).strip();
		byte[] bytes = PercentEncoding.decode(input.substring(comma + 1));
		Matcher base64 = BASE64.matcher(type);
		if (!base64.find()) {
			return new DataUrl(parseType(type), bytes);
		}
		byte[] body = ForgivingBase64.decode(new String(bytes, StandardCharsets.ISO_8859_1));
		return (body != null) ? new DataUrl(parseType(type.substring(0, base64.start())), body) : null;
	}

	private static MimeType parseType(String text) {
		MimeType type = MimeType.parse(text.startsWith(";") ? "text/plain" + text : text);
		return (type != null) ? type : DEFAULT_TYPE;
	}

	/**
	 * Return the type and length only: the body may be a secret.
	 */
	@Override
	public String toString() {
		return this.mimeType.getEssence() + ", " + this.body.length + " bytes";
	}

}
