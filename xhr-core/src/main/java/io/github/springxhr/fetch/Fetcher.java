package io.github.springxhr.fetch;

import io.github.springxhr.coding.ContentCodings;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.Request;

/**
 * Fetches requests over a transport by the rules of the Fetch Standard.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-fetch">Fetch Standard, fetch</a>
 */
@Internal
public final class Fetcher {

	private final NetworkTransport transport;

	private final FetchSettings settings;

	/**
	 * Create a fetcher. Reads from the disk what the first request would, as that may be
	 * sent from an event loop.
	 * @param transport does the I/O
	 * @param settings the environment of the fetches
	 */
	public Fetcher(NetworkTransport transport, FetchSettings settings) {
		this.transport = transport;
		this.settings = settings;
		ContentCodings.load();
		if (settings.cookies() != null || settings.site().origin() != null) {
			settings.site().publicSuffixes().load();
		}
	}

	/**
	 * Start a fetch. Returns at once.
	 * @param request what to fetch
	 * @param handler is told what comes of it; may be called before this method returns
	 * @return the controller of the fetch
	 */
	public FetchController fetch(Request request, FetchHandler handler) {
		MainFetch fetch = new MainFetch(this.transport, this.settings, request, handler);
		fetch.mainFetch();
		return fetch;
	}

}
