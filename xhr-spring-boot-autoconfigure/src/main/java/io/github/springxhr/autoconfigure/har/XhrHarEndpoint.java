package io.github.springxhr.autoconfigure.har;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Actuator endpoint that gives the requests that have ended last as an HTTP Archive,
 * which the developer tools of a browser open as a waterfall, and forgets them if access
 * to it is unrestricted. There is an entry for each redirect and CORS preflight, as a
 * browser has. It has no bodies, no query, and of headers those values only that cannot
 * be a secret.
 *
 * @since 0.1.0
 * @see <a href="http://www.softwareishard.com/blog/har-12-spec/">HAR 1.2</a>
 */
@Endpoint(id = "xhrhar", defaultAccess = Access.READ_ONLY)
public class XhrHarEndpoint {

	private static final Har.Creator CREATOR = new Har.Creator("XHR for Spring", version());

	private final HarLog log;

	XhrHarEndpoint(HarLog log) {
		this.log = log;
	}

	/**
	 * Show the requests that have ended last.
	 * @return the archive, in the order in which they were started
	 */
	@ReadOperation(produces = "application/json")
	public Har archive() {
		return new Har(new Har.Log("1.2", CREATOR, this.log.entries()));
	}

	/**
	 * Forget what was recorded.
	 */
	@DeleteOperation
	public void clear() {
		this.log.clear();
	}

	private static String version() {
		@Nullable String version = XhrHarEndpoint.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "unknown";
	}

}
