package io.github.springxhr;

/**
 * What {@code getResponse()} makes of the body.
 *
 * @since 0.1.0
 * @see <a href="https://xhr.spec.whatwg.org/#xmlhttprequestresponsetype">XMLHttpRequest
 * Standard, XMLHttpRequestResponseType</a>
 */
public enum XMLHttpRequestResponseType {

	/** A {@code String}, as for {@link #TEXT}; XML documents are available as well. */
	EMPTY(""),

	/** A {@code byte[]}. */
	ARRAYBUFFER("arraybuffer"),

	/** A {@code Blob}. */
	BLOB("blob"),

	/** An {@code org.w3c.dom.Document}, of XML or HTML. */
	DOCUMENT("document"),

	/** A {@code tools.jackson.databind.JsonNode}. */
	JSON("json"),

	/** A {@code String}. */
	TEXT("text");

	private final String value;

	XMLHttpRequestResponseType(String value) {
		this.value = value;
	}

	/**
	 * Return the standard's value.
	 * @return such as {@code "arraybuffer"}; empty for {@link #EMPTY}
	 */
	public String getValue() {
		return this.value;
	}

	boolean isText() {
		return this == EMPTY || this == TEXT;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
