package io.github.springxhr;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.mime.Encoding;
import io.github.springxhr.mime.MimeType;
import org.jspecify.annotations.Nullable;

/**
 * What a response is, by its headers and by what the author says it is.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#response-body">XMLHttpRequest Standard,
 * response body</a>
 */
final class ResponseMime {

	private static final MimeType TEXT_XML = MimeType.valueOf("text/xml");

	private static final String CHARSET = "charset";

	private final MimeType responseMimeType;

	private final XhrState state;

	ResponseMime(HeaderList headers, XhrState state) {
		MimeType extracted = MimeType.extract(headers.getAll("Content-Type"));
		this.responseMimeType = (extracted != null) ? extracted : TEXT_XML;
		this.state = state;
	}

	/**
	 * Get a final MIME type.
	 * @see <a href="https://xhr.spec.whatwg.org/#final-mime-type">Final MIME type</a>
	 */
	MimeType finalMimeType() {
		MimeType override = this.state.overrideMimeType;
		return (override != null) ? override : this.responseMimeType;
	}

	/**
	 * Get a final encoding.
	 * @see <a href="https://xhr.spec.whatwg.org/#final-charset">Final encoding</a>
	 */
	@Nullable Encoding finalEncoding() {
		MimeType override = this.state.overrideMimeType;
		String label = (override != null) ? override.getParameter(CHARSET) : null;
		if (label == null) {
			label = this.responseMimeType.getParameter(CHARSET);
		}
		return (label != null) ? Encoding.forLabel(label) : null;
	}

}
