package io.github.springxhr.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a fetch came to: a network error, or the head of a response that was received.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-response">Fetch Standard,
 * response</a>
 */
@Internal
public sealed interface Response {

	/** The response of a request that has none yet. */
	NetworkError NONE = new NetworkError(null);

	/**
	 * Return the status code.
	 * @return 200 to 999, or 0 for a network error
	 */
	int status();

	/**
	 * Return the reason phrase as the server sent it.
	 * @return the phrase; empty over HTTP/2 and for a network error
	 */
	String statusMessage();

	/**
	 * Return the headers that the caller may see.
	 * @return the headers; not to be changed
	 */
	HeaderList headers();

	/**
	 * Return the URL that answered.
	 * @return the last URL after redirects, or {@code null} for a network error
	 */
	@Nullable Url url();

	/**
	 * Return whether there is a body, be it empty.
	 * @return {@code false} for HEAD, for a null body status and for a network error
	 */
	boolean hasBody();

	/**
	 * A response that there is not.
	 *
	 * @param failure why, or {@code null} if nothing has been fetched
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-network-error">Network
	 * error</a>
	 */
	record NetworkError(@Nullable FetchFailure failure) implements Response {

		private static final HeaderList NO_HEADERS = new HeaderList();

		@Override
		public int status() {
			return 0;
		}

		@Override
		public String statusMessage() {
			return "";
		}

		@Override
		public HeaderList headers() {
			return NO_HEADERS;
		}

		@Override
		public @Nullable Url url() {
			return null;
		}

		@Override
		public boolean hasBody() {
			return false;
		}

	}

	/**
	 * The head of a response that was received.
	 *
	 * @param status the status code
	 * @param statusMessage the reason phrase
	 * @param headers the headers
	 * @param urlList the URLs the request went to, the last one first to answer
	 * @param hasBody whether there is a body
	 * @param bodyLength how many bytes the body is going to have, or -1 if that is not
	 * known, as with a content coding
	 */
	record Received(int status, String statusMessage, HeaderList headers, List<Url> urlList, boolean hasBody,
			long bodyLength) implements Response {

		@Override
		public Url url() {
			return this.urlList.get(this.urlList.size() - 1);
		}

	}

}
