package io.github.springxhr;

import java.util.Map;

import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.DOMException;

/**
 * A call that the standard refuses, with the standard's name for the reason.
 *
 * @since 0.1.0
 * @see <a href="https://webidl.spec.whatwg.org/#idl-DOMException">Web IDL,
 * DOMException</a>
 */
public class XhrException extends DOMException {

	private static final long serialVersionUID = 1L;

	private static final Map<String, Short> CODES = Map.of("InvalidStateError", (short) 11, "SyntaxError", (short) 12,
			"InvalidAccessError", (short) 15, "SecurityError", (short) 18, "NetworkError", (short) 19, "AbortError",
			(short) 20, "TimeoutError", (short) 23, "InvalidCharacterError", (short) 5);

	private final String name;

	private transient @Nullable FetchFailure failure;

	/**
	 * Create an exception.
	 * @param name the standard's name, such as {@code "InvalidStateError"}
	 * @param message what was wrong, without secrets
	 */
	public XhrException(String name, String message) {
		super(CODES.getOrDefault(name, (short) 0), name + ": " + message);
		this.name = name;
	}

	/**
	 * Return the standard's name for the reason.
	 * @return such as {@code "InvalidStateError"}
	 */
	public final String getName() {
		return this.name;
	}

	/**
	 * Return why the request failed.
	 * @return what {@link XMLHttpRequest#getFailure()} returns; {@code null} if the call
	 * was refused before anything was sent, or after deserialization
	 */
	public final @Nullable FetchFailure getFailure() {
		return this.failure;
	}

	/** The exception of a request that failed. */
	static XhrException of(String name, FetchFailure failure) {
		XhrException exception = new XhrException(name, failure.toString());
		exception.failure = failure;
		if (failure.cause() != null) {
			exception.initCause(failure.cause());
		}
		return exception;
	}

	static XhrException invalidAccess(String message) {
		return new XhrException("InvalidAccessError", message);
	}

	static XhrException invalidState(String message) {
		return new XhrException("InvalidStateError", message);
	}

	static XhrException syntax(String message) {
		return new XhrException("SyntaxError", message);
	}

	static XhrException security(String message) {
		return new XhrException("SecurityError", message);
	}

}
