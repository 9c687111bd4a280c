package io.github.springxhr.mime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A MIME type as the MIME Sniffing Standard understands it: a type, a subtype and
 * parameters in the order in which they were written. Immutable.
 *
 * @since 0.1.0
 * @see <a href="https://mimesniff.spec.whatwg.org/#mime-type">MIME type</a>
 */
public final class MimeType {

	private static final Set<String> XML = Set.of("text/xml", "application/xml");

	private static final Set<String> JSON = Set.of("application/json", "text/json");

	/** How long a value may be to be remembered. */
	private static final int MAX_REMEMBERED = 128;

	/** What few values were made to, as servers say the same again and again. */
	private static final @Nullable Extracted[] RECENT = new Extracted[16];

	private final String type;

	private final String subtype;

	private final Map<String, String> parameters;

	MimeType(String type, String subtype, Map<String, String> parameters) {
		this.type = type;
		this.subtype = subtype;
		this.parameters = Collections.unmodifiableMap(parameters);
	}

	/**
	 * Parses a MIME type. Lenient, as browsers are: a parameter that is malformed or
	 * repeated is left out.
	 * @param input the text, isomorphic-decoded (one char per byte) if it is a header
	 * value
	 * @return the MIME type, or {@code null} on failure
	 * @see <a href="https://mimesniff.spec.whatwg.org/#parse-a-mime-type">parse a MIME
	 * type</a>
	 */
	public static @Nullable MimeType parse(String input) {
		return MimeTypeParser.parse(input);
	}

	/**
	 * Parses a MIME type that is known to be right, such as a literal.
	 * @param input the text
	 * @return the MIME type
	 * @throws IllegalArgumentException if the text cannot be parsed
	 */
	public static MimeType valueOf(String input) {
		MimeType mimeType = parse(input);
		if (mimeType == null) {
			throw new IllegalArgumentException("Not a MIME type: '" + input + "'");
		}
		return mimeType;
	}

	/**
	 * Reads the MIME type from the values of {@code Content-Type}. The last usable value
	 * counts; it inherits the charset of those directly before it that have the same
	 * essence.
	 * @param contentType the header's values, in order, isomorphic-decoded (one char per
	 * byte)
	 * @return the MIME type, or {@code null} if there is none
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-header-extract-mime-type">
	 * extract a MIME type</a>
	 */
	public static @Nullable MimeType extract(List<String> contentType) {
		if (contentType.size() != 1) {
			return extractAnew(contentType);
		}
		String value = contentType.get(0);
		int index = value.hashCode() & (RECENT.length - 1);
		Extracted recent = RECENT[index];
		if (recent == null || !recent.value().equals(value)) {
			recent = new Extracted(value, extractAnew(contentType));
			if (value.length() <= MAX_REMEMBERED) {
				RECENT[index] = recent;
			}
		}
		return recent.result();
	}

	private static @Nullable MimeType extractAnew(List<String> contentType) {
		MimeType result = null;
		String charset = null;
		for (String value : HeaderValues.getDecodeAndSplit(contentType)) {
			MimeType candidate = parse(value);
			if (candidate == null || (candidate.type.equals("*") && candidate.subtype.equals("*"))) {
				continue;
			}
			if (result == null || !candidate.hasEssenceOf(result)) {
				charset = candidate.getParameter("charset");
			}
			else if (candidate.getParameter("charset") == null && charset != null) {
				candidate = candidate.withParameter("charset", charset);
			}
			result = candidate;
		}
		return result;
	}

	private boolean hasEssenceOf(MimeType other) {
		return this.type.equals(other.type) && this.subtype.equals(other.subtype);
	}

	/**
	 * Returns the type, in lower case.
	 * @return the part before the slash
	 */
	public String getType() {
		return this.type;
	}

	/**
	 * Returns the subtype, in lower case.
	 * @return the part behind the slash
	 */
	public String getSubtype() {
		return this.subtype;
	}

	/**
	 * Returns type and subtype.
	 * @return for instance {@code text/html}
	 * @see <a href="https://mimesniff.spec.whatwg.org/#mime-type-essence">essence</a>
	 */
	public String getEssence() {
		return this.type + "/" + this.subtype;
	}

	/**
	 * Returns the parameters in their order. Names are in lower case, values as written.
	 * @return an unmodifiable map
	 */
	public Map<String, String> getParameters() {
		return this.parameters;
	}

	/**
	 * Returns one parameter.
	 * @param name its name, in any case
	 * @return its value, or {@code null} if it is absent
	 */
	public @Nullable String getParameter(String name) {
		return this.parameters.get(Ascii.toLowerCase(name));
	}

	/**
	 * Returns a MIME type that has the given parameter: in the place of the one that has
	 * the name, else at the end.
	 * @param name the parameter's name, in any case; an HTTP token
	 * @param value the parameter's value; HTTP quoted-string token code points
	 * @return a new MIME type
	 * @throws IllegalArgumentException if name or value could not have been parsed
	 */
	public MimeType withParameter(String name, String value) {
		if (!MimeTypeParser.isToken(name) || !MimeTypeParser.all(value, Ascii::isQuotedStringToken)) {
			throw new IllegalArgumentException("Not a MIME type parameter: '" + name + "'");
		}
		Map<String, String> changed = new LinkedHashMap<>(this.parameters);
		changed.put(Ascii.toLowerCase(name), value);
		return new MimeType(this.type, this.subtype, changed);
	}

	/**
	 * Tells whether this is an XML MIME type: {@code text/xml}, {@code application/xml}
	 * or a subtype with the suffix {@code +xml}.
	 * @return whether it is
	 * @see <a href="https://mimesniff.spec.whatwg.org/#xml-mime-type">XML MIME type</a>
	 */
	public boolean isXml() {
		return this.subtype.endsWith("+xml") || (this.subtype.equals("xml") && XML.contains(getEssence()));
	}

	/**
	 * Tells whether this is {@code text/html}.
	 * @return whether it is
	 * @see <a href="https://mimesniff.spec.whatwg.org/#html-mime-type">HTML MIME type</a>
	 */
	public boolean isHtml() {
		return this.subtype.equals("html") && this.type.equals("text");
	}

	/**
	 * Tells whether this is a JSON MIME type: {@code application/json}, {@code text/json}
	 * or a subtype with the suffix {@code +json}.
	 * @return whether it is
	 * @see <a href="https://mimesniff.spec.whatwg.org/#json-mime-type">JSON MIME type</a>
	 */
	public boolean isJson() {
		return this.subtype.endsWith("+json") || JSON.contains(getEssence());
	}

	/**
	 * Writes this MIME type down. A parameter's value is quoted if it has to be.
	 * @return for instance {@code text/html;charset=utf-8}
	 * @see <a href="https://mimesniff.spec.whatwg.org/#serialize-a-mime-type">serialize a
	 * MIME type</a>
	 */
	public String serialize() {
		StringBuilder result = new StringBuilder(getEssence());
		this.parameters.forEach((name, value) -> {
			result.append(';').append(name).append('=');
			result.append(MimeTypeParser.isToken(value) ? value : quote(value));
		});
		return result.toString();
	}

	private static String quote(String value) {
		return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof MimeType that && this.type.equals(that.type) && this.subtype.equals(that.subtype)
				&& this.parameters.equals(that.parameters);
	}

	@Override
	public int hashCode() {
		return 31 * getEssence().hashCode() + this.parameters.hashCode();
	}

	@Override
	public String toString() {
		return serialize();
	}

	/**
	 * A value of {@code Content-Type} and what it says. Threads may see one that another
	 * has put there, or not.
	 *
	 * @param value the value
	 * @param result what it says, or {@code null} if that is nothing
	 */
	private record Extracted(String value, @Nullable MimeType result) {

	}

}
