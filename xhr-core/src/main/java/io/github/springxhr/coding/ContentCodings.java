package io.github.springxhr.coding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.springxhr.coding.ContentCodingException.Reason;
import io.github.springxhr.http.Internal;
import io.github.springxhr.mime.HeaderValues;
import org.jspecify.annotations.Nullable;

/**
 * Which content codings there are, and what undoes those of a response.
 *
 * @since 0.1.0
 */
@Internal
public final class ContentCodings {

	private static final int MAX_CODINGS = 5;

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private static final String ACCEPT_ENCODING = Arrays.stream(Coding.values())
		.filter(Coding::isAvailable)
		.map(Coding::getToken)
		.collect(Collectors.joining(", "));

	private ContentCodings() {
	}

	/**
	 * Load the libraries of the codings, unless they are: they are written to temporary
	 * files first, which no event loop should wait for.
	 */
	public static void load() {
		// by the initialization of this class
	}

	/**
	 * Return what to offer a server.
	 * @return a value for {@code Accept-Encoding}: {@code gzip, deflate}, and {@code br}
	 * and {@code zstd} if brotli4j and zstd-jni are there
	 */
	public static String acceptEncoding() {
		return ACCEPT_ENCODING;
	}

	/**
	 * Make a decoder for a response's body.
	 * @param contentEncoding the values of all its {@code Content-Encoding} headers, in
	 * order, isomorphic-decoded
	 * @param maxSize how many bytes the body may decode to; what comes out between two
	 * codings may be twice that and 64 KiB
	 * @return the decoder, to be closed; or {@code null} if the body is to be taken as it
	 * is: it has no codings, one of them is not supported, or the header is malformed
	 * @throws ContentCodingException if there are more than 5 codings
	 * @throws IllegalArgumentException if {@code maxSize} is negative
	 * @see <a href="https://fetch.spec.whatwg.org/#handle-content-codings">handle content
	 * codings</a>
	 */
	public static @Nullable ContentDecoder decoderFor(List<String> contentEncoding, long maxSize)
			throws ContentCodingException {
		List<Coding> codings = parse(contentEncoding);
		if (codings.size() > MAX_CODINGS) {
			throw new ContentCodingException(Reason.TOO_MANY_CODINGS);
		}
		Collections.reverse(codings);
		CodingLimits limits = new CodingLimits(maxSize);
		return codings.isEmpty() ? null : new LayeredDecoder(newLayers(codings), limits);
	}

	private static List<CodingLayer> newLayers(List<Coding> codings) {
		List<CodingLayer> layers = new ArrayList<>(codings.size());
		try {
			codings.forEach((coding) -> layers.add(coding.newLayer()));
			return layers;
		}
		catch (RuntimeException | Error ex) {
			// there may be no memory for the native part of another
			layers.forEach(CodingLayer::close);
			throw ex;
		}
	}

	/**
	 * Returns the codings in the order in which they were applied; none if one is
	 * unknown.
	 */
	private static List<Coding> parse(List<String> contentEncoding) {
		List<Coding> codings = new ArrayList<>();
		for (String token : HeaderValues.getDecodeAndSplit(contentEncoding)) {
			if (token.isEmpty()) {
				continue;
			}
			String name = TOKEN.matcher(token).matches() ? token.toLowerCase(Locale.ROOT) : "";
			Coding coding = Coding.forToken(name);
			if (coding != null) {
				codings.add(coding);
			}
			else if (!name.equals("identity")) {
				return new ArrayList<>();
			}
		}
		return codings;
	}

}
