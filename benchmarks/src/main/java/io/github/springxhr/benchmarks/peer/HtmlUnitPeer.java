package io.github.springxhr.benchmarks.peer;

import java.io.IOException;
import java.util.Objects;

import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.jspecify.annotations.Nullable;

/**
 * The XMLHttpRequest of HtmlUnit, a browser without a screen: a script of a page sends
 * the request, synchronously.
 */
final class HtmlUnitPeer implements Peer {

	private final WebClient browser = new WebClient();

	private @Nullable HtmlPage page;

	HtmlUnitPeer() {
		this.browser.getCache().setMaxSize(0);
		this.browser.getOptions().setHistorySizeLimit(0);
	}

	@Override
	public void start(Operation operation, String url, Completion completion) {
		double length;
		try {
			length = (Double) page(url)
				.executeJavaScript("var xhr = new XMLHttpRequest(); xhr.open('GET', '" + url
						+ "', false); xhr.send(); xhr.responseText.length * 1.0;")
				.getJavaScriptResult();
		}
		catch (IOException | RuntimeException ex) {
			completion.failed(ex);
			return;
		}
		completion.completed((long) length);
	}

	/** An empty page of the same origin, as CORS would ask for more. */
	private HtmlPage page(String url) throws IOException {
		if (this.page == null) {
			this.page = this.browser.getPage(url.substring(0, url.indexOf('/', 8)) + "/html");
		}
		return Objects.requireNonNull(this.page);
	}

	@Override
	public boolean isBlocking() {
		return true;
	}

	@Override
	public void close() {
		this.browser.close();
	}

}
