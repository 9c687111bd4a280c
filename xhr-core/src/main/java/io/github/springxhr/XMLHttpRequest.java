package io.github.springxhr;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.springxhr.event.Event;
import io.github.springxhr.event.EventListener;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.FormData;
import io.github.springxhr.form.URLSearchParams;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.w3c.dom.Document;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;

/**
 * A request as the XMLHttpRequest Standard describes it. Made by
 * {@link XhrFactory#create()}; stateful, and for one call at a time.
 *
 * <h2>Concurrency</h2> Each request has a small event loop of its own, which runs one
 * task at a time: a call of one of the methods that change it, or news from the network.
 * Listeners run there, one after the other.
 * <ul>
 * <li>Called from a listener of the same request, a method runs at once and its events
 * nest, as in a browser.</li>
 * <li>Called from another thread while no listener runs, it runs at once in that thread:
 * {@link #open} has fired {@code readystatechange}, {@link #send()} its {@code loadstart}
 * and {@link #abort()} its events when they return.</li>
 * <li>Called from another thread while a listener runs, {@link #abort()} stops the
 * network and returns, and its events follow; any other method waits for its turn.</li>
 * <li>Events that come from the network are fired on the event executor of the request's
 * {@link XhrOptions#eventExecutor options} or of its factory. A listener may block there,
 * unless the executor runs tasks on the I/O thread, as
 * {@link XhrFactoryBuilder#directEvents()} does.</li>
 * <li>A synchronous request fires its events in the thread that waits in {@link #send()}.
 * While it waits, {@link #abort()} ends it from another thread, and interrupting the
 * thread ends it as well, with an AbortError; any other method called from another thread
 * waits until it has ended.</li>
 * <li>The attributes of the response can be read from any thread.</li>
 * </ul>
 * Two requests whose listeners call methods of each other from two threads at the same
 * time wait for each other forever; {@link #abort()} is the exception.
 *
 * @since 0.1.0
 * @see <a href="https://xhr.spec.whatwg.org/#interface-xmlhttprequest">XMLHttpRequest
 * Standard, XMLHttpRequest</a>
 */
public interface XMLHttpRequest extends XMLHttpRequestEventTarget {

	/** {@link #open} has not been called yet, or {@link #abort()} was called after. */
	int UNSENT = 0;

	/** {@link #open} was called; headers can be set and the request sent. */
	int OPENED = 1;

	/** Redirects have been followed and the response's headers received. */
	int HEADERS_RECEIVED = 2;

	/** The response's body is coming in. */
	int LOADING = 3;

	/** The response is complete, or the request failed. */
	int DONE = 4;

	/**
	 * Return the handler of {@code readystatechange}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<Event> getOnreadystatechange();

	/**
	 * Set the handler of {@code readystatechange}.
	 * @param handler the handler, or {@code null}
	 */
	void setOnreadystatechange(@Nullable EventListener<Event> handler);

	/**
	 * Return the state.
	 * @return one of {@link #UNSENT}, {@link #OPENED}, {@link #HEADERS_RECEIVED},
	 * {@link #LOADING} and {@link #DONE}
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#dom-xmlhttprequest-readystate">readyState</a>
	 */
	int getReadyState();

	/**
	 * Begin a new request; one in flight is dropped without an event.
	 * @param method the HTTP method; DELETE, GET, HEAD, OPTIONS, POST and PUT in any case
	 * @param url the URL, resolved against the factory's base URL
	 * @throws XhrException SyntaxError if the method is no token or the URL cannot be
	 * parsed; SecurityError if the method is CONNECT, TRACE or TRACK. The request is not
	 * changed then.
	 * @see <a href="https://xhr.spec.whatwg.org/#the-open()-method">open()</a>
	 */
	void open(String method, String url);

	/**
	 * Begin a new request; one in flight is dropped without an event.
	 * @param method the HTTP method
	 * @param url the URL, resolved against the factory's base URL
	 * @param async whether {@link #send()} returns at once; {@code false} makes it wait
	 * for the response
	 * @throws XhrException as {@link #open(String, String)} does; InvalidAccessError if
	 * the factory has an origin, {@code async} is {@code false}, and a timeout or a
	 * response type is set
	 */
	void open(String method, String url, boolean async);

	/**
	 * Begin a new request; one in flight is dropped without an event.
	 * @param method the HTTP method
	 * @param url the URL, resolved against the factory's base URL
	 * @param async whether {@link #send()} returns at once
	 * @param username the user name in the URL, or {@code null} to leave it as it is
	 * @param password the password in the URL, or {@code null} to leave it as it is
	 * @throws XhrException as {@link #open(String, String, boolean)} does
	 */
	void open(String method, String url, boolean async, @Nullable String username, @Nullable String password);

	/**
	 * Begin a new request to a URL template, such as {@code "/orders/{id}"}. The template
	 * is the value of the metrics' {@code uri} tag.
	 * @param method the HTTP method
	 * @param uriTemplate the template, resolved against the factory's base URL when it is
	 * expanded
	 * @param variables the values, encoded strictly, so that none can break out of its
	 * place
	 * @throws XhrException as {@link #open(String, String)} does; SyntaxError also if a
	 * value makes a segment of the path a dot segment, which would address something else
	 * @throws IllegalArgumentException if there are fewer values than variables
	 */
	void open(HttpMethod method, String uriTemplate, Object... variables);

	/**
	 * The same as {@link #open(String, String, boolean, String, String)}. Mozilla's, and
	 * not part of the standard.
	 * @param method the HTTP method
	 * @param url the URL
	 * @param async whether {@link #send()} returns at once
	 * @param username the user name in the URL, or {@code null} to leave it as it is
	 * @param password the password in the URL, or {@code null} to leave it as it is
	 */
	void openRequest(String method, String url, boolean async, @Nullable String username, @Nullable String password);

	/**
	 * Set the request's options. Mozilla's, in its Java form; not part of the standard.
	 * @param options the options
	 * @throws XhrException InvalidStateError if they were set before, or the request has
	 * been opened
	 */
	void init(XhrOptions options);

	/**
	 * Return whether the request carries no credentials. Mozilla's, and not part of the
	 * standard.
	 * @return {@code true} if {@link XhrOptions#anonymous()} was set
	 */
	boolean isMozAnon();

	/**
	 * Return whether the same-origin policy is not to apply, which makes a difference
	 * only to a client that has an origin. Mozilla's, and not part of the standard.
	 * @return {@code true} if {@link XhrOptions#system()} was set
	 */
	boolean isMozSystem();

	/**
	 * Return whether the request does not hold up the shutdown of its factory. Mozilla's,
	 * and not part of the standard.
	 * @return {@code false} unless it was set
	 */
	boolean isMozBackgroundRequest();

	/**
	 * Set whether the request is work in the background, which does not hold up the
	 * shutdown of its factory. Mozilla's, and not part of the standard.
	 * @param background whether it is
	 * @throws XhrException InvalidStateError if the request was sent
	 */
	void setMozBackgroundRequest(boolean background);

	/**
	 * Return the last exchange as it happened on the network, so far. Mozilla's, in its
	 * Java form; not part of the standard.
	 * @return the exchange, or {@code null} before {@code send()}
	 */
	@Nullable XhrChannel getChannel();

	/**
	 * Return the response's bytes whatever the response type. Mozilla's, and not part of
	 * the standard.
	 * @return a copy, or {@code null} before the state is {@link #DONE} or after a
	 * failure
	 * @deprecated use {@link XMLHttpRequestResponseType#ARRAYBUFFER}
	 */
	@Deprecated(since = "0.1.0")
	byte @Nullable [] getMozResponseArrayBuffer();

	/**
	 * Add a header to the request, or a value to one that is set. Headers that frame the
	 * message, such as {@code Content-Length}, are ignored, as the standard asks for;
	 * {@link XhrListener#headerIgnored} tells of them.
	 * @param name the name
	 * @param value the value; a char above U+007F is sent as one byte of Latin-1
	 * @throws XhrException InvalidStateError if the request is not opened or was sent;
	 * SyntaxError if the name is no token or the value has a NUL, CR or LF or a char
	 * above U+00FF
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-setrequestheader()-method">setRequestHeader()</a>
	 */
	void setRequestHeader(String name, String value);

	/**
	 * Return how long the request may take.
	 * @return milliseconds from {@code send()} to the last byte; 0 for no limit
	 */
	int getTimeout();

	/**
	 * Set how long the request may take. Can be set while the request is in flight; it is
	 * measured from {@code send()} all the same.
	 * @param milliseconds 0 or more; 0 for no limit
	 * @throws IllegalArgumentException if it is negative
	 * @throws XhrException InvalidAccessError if the factory has an origin and the
	 * request is synchronous
	 * @see <a href="https://xhr.spec.whatwg.org/#the-timeout-attribute">timeout</a>
	 */
	void setTimeout(int milliseconds);

	/**
	 * Set how long the request may take.
	 * @param timeout zero for no limit; at most {@link Integer#MAX_VALUE} milliseconds,
	 * and a fraction of a millisecond counts as a whole one
	 * @throws IllegalArgumentException if it is negative or too large
	 */
	void setTimeout(Duration timeout);

	/**
	 * Return whether credentials go to other origins as well.
	 * @return {@code false} unless it was set
	 */
	boolean isWithCredentials();

	/**
	 * Set whether credentials go to other origins as well, and cookies in responses of
	 * other origins are kept. Configured credentials never leave their origin all the
	 * same.
	 * @param withCredentials whether they do
	 * @throws XhrException InvalidStateError if the request was sent
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-withcredentials-attribute">withCredentials</a>
	 */
	void setWithCredentials(boolean withCredentials);

	/**
	 * Return the object at which the events of the request's body are fired.
	 * @return always the same object
	 */
	XMLHttpRequestUpload getUpload();

	/**
	 * Send the request without a body. If it is synchronous, wait for the response; then
	 * only {@code readystatechange}, {@code load} and {@code loadend} are fired.
	 * @throws XhrException InvalidStateError if the request is not opened or was sent; if
	 * it is synchronous, NetworkError, TimeoutError or AbortError if it failed
	 * @throws IllegalStateException if the request is synchronous and this thread must
	 * not block, as it may be the one that the response arrives on
	 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">send()</a>
	 */
	void send();

	/**
	 * Send the request with a text as its body, encoded in UTF-8. GET and HEAD ignore it.
	 * @param body the text, or {@code null} for no body
	 * @throws XhrException InvalidStateError if the request is not opened or was sent
	 */
	void send(@Nullable String body);

	/**
	 * Send the request with bytes as its body. GET and HEAD ignore it.
	 * @param body the bytes, which are copied, or {@code null} for no body
	 * @throws XhrException InvalidStateError if the request is not opened or was sent
	 */
	void send(byte @Nullable [] body);

	/**
	 * Send the request with the rest of a buffer as its body. GET and HEAD ignore it.
	 * @param body the bytes, which are copied; the buffer's position stays
	 * @throws XhrException as {@link #send()} does
	 */
	void send(ByteBuffer body);

	/**
	 * Send the request with a blob or file as its body, of the blob's type unless the
	 * author set another. A file is read while it is sent, and never as a whole.
	 * @param body the blob
	 * @throws XhrException as {@link #send()} does
	 */
	void send(Blob body);

	/**
	 * Send the request with a form as its body, encoded as {@code multipart/form-data}.
	 * @param body the form
	 * @throws XhrException as {@link #send()} does
	 */
	void send(FormData body);

	/**
	 * Send the request with parameters as its body, encoded as
	 * {@code application/x-www-form-urlencoded}.
	 * @param body the parameters
	 * @throws XhrException as {@link #send()} does
	 */
	void send(URLSearchParams body);

	/**
	 * Send the request with a document as its body, serialized as HTML or XML and encoded
	 * in UTF-8.
	 * @param body the document
	 * @throws XhrException as {@link #send()} does
	 */
	void send(Document body);

	/**
	 * Send the request with bytes that are produced while it is sent, their number
	 * unknown: the progress of the upload is not computable.
	 * @param body the bytes; subscribed to when the request is sent, and once only
	 * @throws XhrException as {@link #send()} does
	 */
	void send(Publisher<ByteBuffer> body);

	/**
	 * Send the request with bytes that are produced while it is sent.
	 * @param body the bytes, and how many they are
	 * @throws XhrException as {@link #send()} does
	 */
	void send(StreamBody body);

	/**
	 * Send the request with an object as JSON, of type {@code application/json} unless
	 * the author set another.
	 * @param value any object that Jackson can write
	 * @throws XhrException as {@link #send()} does
	 */
	void sendJson(@Nullable Object value);

	/**
	 * Send the request with the low byte of each character as its body. Mozilla's, and
	 * not part of the standard.
	 * @param body characters from U+0000 to U+00FF
	 * @throws XhrException InvalidCharacterError if there is another; else as
	 * {@link #send()} does
	 */
	void sendAsBinary(String body);

	/**
	 * Send the request when the result is subscribed to. It completes after
	 * {@code loadend}; cancelling it aborts the request.
	 * @param body {@code null} for none, or anything that one of the {@code send} methods
	 * takes, or a {@link JsonBody}
	 * @return this request when it has loaded, or an {@link XhrException}: NetworkError,
	 * TimeoutError, AbortError, or InvalidStateError if it was not opened or the result
	 * is subscribed to again
	 */
	Mono<XMLHttpRequest> exchange(@Nullable Object body);

	/**
	 * Send the request. The result completes after {@code loadend}; cancelling it aborts
	 * the request.
	 * @param body {@code null} for none, or anything that one of the {@code send} methods
	 * takes, or a {@link JsonBody}
	 * @return this request when it has loaded, or an {@link XhrException} as for
	 * {@link #exchange}
	 */
	CompletableFuture<XMLHttpRequest> sendAsync(@Nullable Object body);

	/**
	 * Cancel the request. The events {@code abort} and {@code loadend} tell of it; then
	 * the state is {@link #UNSENT}. Does nothing to a request that is not in flight,
	 * except that a finished one forgets its response.
	 * @see <a href="https://xhr.spec.whatwg.org/#the-abort()-method">abort()</a>
	 */
	void abort();

	/**
	 * Return the URL that answered, after redirects.
	 * @return the URL without its fragment; empty if there is no response
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-responseurl-attribute">responseURL</a>
	 */
	String getResponseURL();

	/**
	 * Return the status code.
	 * @return the code; 0 if there is no response
	 */
	int getStatus();

	/**
	 * Return the reason phrase as the server sent it.
	 * @return the phrase; empty over HTTP/2 or if there is no response
	 */
	String getStatusText();

	/**
	 * Return a header of the response.
	 * @param name its name, in any case
	 * @return its values joined by a comma and a space, or {@code null} if it is absent
	 */
	@Nullable String getResponseHeader(String name);

	/**
	 * Return all headers of the response, sorted, with names in lower case and lines
	 * ended by CRLF.
	 * @return the headers; empty if there is no response
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method">getAllResponseHeaders()</a>
	 */
	String getAllResponseHeaders();

	/**
	 * Act as if the response's Content-Type were another; the header itself stays.
	 * @param mime the MIME type; {@code application/octet-stream} is taken if it is
	 * malformed
	 * @throws XhrException InvalidStateError if the state is {@link #LOADING} or
	 * {@link #DONE}
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-overridemimetype()-method">overrideMimeType()</a>
	 */
	void overrideMimeType(String mime);

	/**
	 * Return what {@link #getResponse()} makes of the body.
	 * @return the response type; {@link XMLHttpRequestResponseType#EMPTY} unless it was
	 * set
	 */
	XMLHttpRequestResponseType getResponseType();

	/**
	 * Set what {@link #getResponse()} makes of the body.
	 * @param responseType the response type
	 * @throws XhrException InvalidStateError if the state is {@link #LOADING} or
	 * {@link #DONE}; InvalidAccessError if the factory has an origin and the request is
	 * synchronous
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-responsetype-attribute">responseType</a>
	 */
	void setResponseType(XMLHttpRequestResponseType responseType);

	/**
	 * Return the body in the form of the response type. It is made when it is first asked
	 * for, and the same object from then on.
	 * @return a {@code String} that grows while the state is {@link #LOADING}, or, once
	 * it is {@link #DONE}, a {@code byte[]}, {@code Blob}, {@link Document} or
	 * {@code JsonNode}; {@code null} before, after a failure, or if the body is not what
	 * the response type says
	 * @see <a href="https://xhr.spec.whatwg.org/#the-response-attribute">response</a>
	 */
	@Nullable Object getResponse();

	/**
	 * Bind a JSON response to a type.
	 * @param <T> the type
	 * @param type the class
	 * @return the object; {@code null} where {@link #getResponse()} is
	 * @throws XhrException InvalidStateError if the response type is not
	 * {@link XMLHttpRequestResponseType#JSON}
	 * @throws tools.jackson.core.JacksonException if the JSON does not fit the type
	 */
	<T> @Nullable T getResponse(Class<T> type);

	/**
	 * Bind a JSON response to a generic type.
	 * @param <T> the type
	 * @param type the type
	 * @return the object; {@code null} where {@link #getResponse()} is
	 * @throws XhrException InvalidStateError if the response type is not
	 * {@link XMLHttpRequestResponseType#JSON}
	 * @throws tools.jackson.core.JacksonException if the JSON does not fit the type
	 */
	<T> @Nullable T getResponse(ParameterizedTypeReference<T> type);

	/**
	 * Return the response as a document.
	 * @return the document; {@code null} if the state is not {@link #DONE}, the body is
	 * not well-formed XML, or it is HTML and the response type is not
	 * {@link XMLHttpRequestResponseType#DOCUMENT}
	 * @throws XhrException InvalidStateError if the response type is neither
	 * {@link XMLHttpRequestResponseType#EMPTY} nor
	 * {@link XMLHttpRequestResponseType#DOCUMENT}
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-responsexml-attribute">responseXML</a>
	 */
	@Nullable Document getResponseXML();

	/**
	 * Return as much of the response as has come in, as text.
	 * @return the text; empty before the state is {@link #LOADING} or after a failure
	 * @throws XhrException InvalidStateError if the response type is neither
	 * {@link XMLHttpRequestResponseType#EMPTY} nor
	 * {@link XMLHttpRequestResponseType#TEXT}
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-responsetext-attribute">responseText</a>
	 */
	String getResponseText();

	/**
	 * Return why the request failed, which a browser hides.
	 * @return the failure, or {@code null} if the last request did not fail
	 */
	@Nullable FetchFailure getFailure();

}
