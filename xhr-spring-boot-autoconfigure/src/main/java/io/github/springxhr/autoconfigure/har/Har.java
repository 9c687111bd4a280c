package io.github.springxhr.autoconfigure.har;

import java.util.List;
import java.util.Map;

import io.github.springxhr.http.Excerpt;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * An HTTP Archive, with the names of its format. What begins with an underscore is an
 * extension, which readers that do not know it pass over. Times are in milliseconds.
 * Texts are cut at about 2 KiB each.
 *
 * @param log the log
 * @since 0.1.0
 * @see <a href="http://www.softwareishard.com/blog/har-12-spec/">HAR 1.2</a>
 */
public record Har(Log log) implements OperationResponseBody {

	/**
	 * The root of the data.
	 *
	 * @param version the version of the format
	 * @param creator what has made it
	 * @param entries the hops of the requests
	 */
	public record Log(String version, Creator creator, List<Entry> entries) {

	}

	/**
	 * What has made the archive.
	 *
	 * @param name its name
	 * @param version its version
	 */
	public record Creator(String name, String version) {

	}

	/**
	 * A hop of a request that has ended: the request itself, one that was redirected or
	 * challenged, or a CORS preflight.
	 *
	 * @param startedDateTime when it was sent, in ISO 8601
	 * @param time how long it took
	 * @param request what was asked
	 * @param response what was answered
	 * @param cache nothing, as there is no cache
	 * @param timings where the time went, -1 for what is not known; all the others add up
	 * to the time it took. {@code blocked} is waiting for a connection of the pool
	 * @param serverIPAddress the address of the server or proxy, or {@code null} if there
	 * was no connection
	 * @param connection the local port of the connection, or {@code null} if there was
	 * none
	 * @param _resourceType what browsers file it under: {@code "xhr"} or
	 * {@code "preflight"}
	 * @param _xhr what the format has no place for
	 */
	public record Entry(String startedDateTime, double time, Request request, Response response,
			Map<String, String> cache, Map<String, Double> timings, @Nullable String serverIPAddress,
			@Nullable String connection, String _resourceType, Extension _xhr) {

	}

	/**
	 * What was asked.
	 *
	 * @param method the method
	 * @param url the URL, without credentials and query
	 * @param httpVersion the protocol, or {@code "unknown"}
	 * @param cookies the cookies that were sent, with masked values
	 * @param headers the headers, with most values masked
	 * @param queryString none, as a query may be a secret
	 * @param headersSize -1, as it is not known
	 * @param bodySize how many bytes of the body were sent
	 */
	public record Request(String method, String url, String httpVersion, List<Cookie> cookies, List<Header> headers,
			List<Header> queryString, long headersSize, long bodySize) {

		public Request {
			method = Excerpt.of(method);
			url = Excerpt.of(url);
		}

	}

	/**
	 * What was answered.
	 *
	 * @param status the status code, or 0 if there is no complete response
	 * @param statusText the reason phrase
	 * @param httpVersion the protocol, or {@code "unknown"}
	 * @param cookies the cookies that the response set, with masked values
	 * @param headers the headers, with most values masked
	 * @param content the body, which is left out
	 * @param redirectURL where a redirect leads, without credentials and query
	 * @param headersSize -1, as it is not known
	 * @param bodySize how many bytes of the body were received, before they were decoded
	 * @param _error the kind of the failure, or {@code null} if there was none
	 */
	public record Response(int status, String statusText, String httpVersion, List<Cookie> cookies,
			List<Header> headers, Content content, String redirectURL, long headersSize, long bodySize,
			@Nullable String _error) {

		public Response {
			statusText = Excerpt.of(statusText);
			redirectURL = Excerpt.of(redirectURL);
		}

	}

	/**
	 * A body without what it says.
	 *
	 * @param size how many bytes of it there are, decoded
	 * @param mimeType its Content-Type, or {@code "x-unknown"}
	 */
	public record Content(long size, String mimeType) {

		public Content {
			mimeType = Excerpt.of(mimeType);
		}

	}

	/**
	 * A header.
	 *
	 * @param name its name
	 * @param value its value, masked if it may be a secret
	 */
	public record Header(String name, String value) {

		public Header {
			name = Excerpt.of(name);
			value = Excerpt.of(value);
		}

	}

	/**
	 * A cookie.
	 *
	 * @param name its name
	 * @param value a mask
	 */
	public record Cookie(String name, String value) {

		public Cookie {
			name = Excerpt.of(name);
		}

	}

	/**
	 * What the format has no place for.
	 *
	 * @param client the name of the client
	 * @param outcome how the hop ended; the last is the request's
	 * @param uriTemplate the path of the template it was opened with, or {@code null}
	 * @param background whether it was work in the background
	 * @param status the status code, also of a response that is not complete; 0 for none
	 * @param failure why it failed, or {@code null}
	 * @param connectionReused whether an earlier request went over the connection
	 * @param tlsProtocol such as {@code "TLSv1.3"}, or {@code null} without TLS
	 * @param events the events the request fired, with its last hop, without
	 * {@code readystatechange} and without progress between the first and the last
	 */
	public record Extension(String client, String outcome, @Nullable String uriTemplate, boolean background, int status,
			@Nullable Failure failure, boolean connectionReused, @Nullable String tlsProtocol, List<Event> events) {

		public Extension {
			uriTemplate = (uriTemplate != null) ? Excerpt.of(uriTemplate) : null;
		}

	}

	/**
	 * Why a request failed.
	 *
	 * @param kind the kind of failure
	 * @param phase what was being done
	 * @param message what happened, without secrets
	 */
	public record Failure(String kind, String phase, String message) {

		public Failure {
			message = Excerpt.of(message);
		}

	}

	/**
	 * An event that was fired.
	 *
	 * @param type its type
	 * @param target {@code "request"} or {@code "upload"}
	 * @param time when, from the start of the request
	 * @param loaded the bytes transferred
	 * @param total the bytes to transfer; 0 if not known
	 */
	public record Event(String type, String target, double time, long loaded, long total) {

	}

}
