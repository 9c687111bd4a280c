package io.github.springxhr.demo.run;

import java.net.URI;
import java.util.Set;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The origins that there are for the demo. A run goes to one of them and nowhere else, as
 * the demo is no open proxy; what they redirect to is on themselves.
 */
@Component
class Origins {

	private final String page;

	private final String upstream;

	private final String sibling;

	private final String closed;

	Origins(Environment environment) {
		String port = environment.getProperty("demo.upstream.port", "0");
		this.page = environment.getProperty("xhr.origin", "");
		this.upstream = "http://127.0.0.1:" + port;
		this.sibling = "http://localhost:" + port;
		this.closed = "http://127.0.0.1:" + environment.getProperty("demo.upstream.closed-port", "0");
	}

	Shown shown() {
		return new Shown(this.page, this.upstream, this.sibling, this.closed);
	}

	/**
	 * Put in the origins that are only known now, and look where the URL leads.
	 * @param url a URL as a specification has it
	 * @return the URL with the origins put in
	 * @throws InvalidSpecException if a run may not go there
	 */
	String resolve(String url) {
		String given = url.replace("${upstream}", this.upstream)
			.replace("${sibling}", this.sibling)
			.replace("${closed}", this.closed);
		if (!mayGoTo(given)) {
			throw new InvalidSpecException(
					"url must be below upstream/, or on the upstream's own port: " + this.upstream);
		}
		return given;
	}

	private boolean mayGoTo(String url) {
		try {
			URI uri = new URI(this.page + "/").resolve(new URI(url)).normalize();
			String origin = uri.getScheme() + "://" + uri.getRawAuthority();
			return (origin.equals(this.page)) ? uri.getRawPath().startsWith("/upstream/") && !url.contains("%")
					: Set.of(this.upstream, this.sibling, this.closed).contains(origin);
		}
		catch (Exception ex) {
			return false;
		}
	}

	/**
	 * The origins, for the page.
	 *
	 * @param page its own
	 * @param upstream the upstream's
	 * @param sibling the upstream's, on the page's site
	 * @param closed one where nobody answers
	 */
	record Shown(String page, String upstream, String sibling, String closed) {

	}

}
