package io.github.springxhr.fetch;

import java.util.function.Supplier;

import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HeaderList;

/**
 * Is told what happens to an exchange. The response is told as its head, then chunks,
 * then the end of the body (also of a response without a body); a failure can come in
 * place of any of these and is the last. Bytes of the request's body are told whenever
 * they have been written to the socket.
 *
 * <h2>Concurrency</h2> Called on an I/O thread: no method may block.
 *
 * @since 0.1.0
 */
public interface NetworkHandler {

	/**
	 * A connection is being made for the request.
	 * @param soFar tells, in any thread, how long its steps have taken at the moment it
	 * is asked, with the one that goes on
	 */
	default void connecting(Supplier<Setup> soFar) {
	}

	/**
	 * There is a connection, and the request is about to be written to it.
	 * @param connection what is known of it
	 */
	void connected(ConnectionInfo connection);

	/**
	 * The transport sends the request once more, as the first time failed before there
	 * was a response.
	 */
	default void retried() {
	}

	/**
	 * Some of the request's body has been written to the socket.
	 * @param bytes how many, 1 or more
	 */
	void requestBodyWritten(int bytes);

	/**
	 * All of the request's body has been written to the socket.
	 */
	void requestBodyEnd();

	/**
	 * The head of the response has been received.
	 * @param status the status code as received
	 * @param statusMessage the reason phrase as received; empty if there is none
	 * @param headers the headers as received
	 */
	void responseHead(int status, String statusMessage, HeaderList headers);

	/**
	 * A chunk of the response's body has been received.
	 * @param chunk the chunk, to be released by the handler
	 */
	void bodyChunk(BodyChunk chunk);

	/**
	 * The body, and the exchange with it, has ended.
	 */
	void bodyEnd();

	/**
	 * The exchange has failed.
	 * @param failure why
	 */
	void failed(FetchFailure failure);

	/**
	 * The exchange has failed on a connection that had served another request before, and
	 * nothing of a response has been received: most often the server has closed it as the
	 * request was on its way. Called in place of {@link #failed}.
	 * @param failure why
	 */
	default void stale(FetchFailure failure) {
		failed(failure);
	}

	/**
	 * The exchange has failed before anything of it was sent, and would not fail so
	 * again: it waited for a connection among others that have been given up together.
	 * Called in place of {@link #failed}.
	 * @param failure why
	 */
	default void unsent(FetchFailure failure) {
		failed(failure);
	}

}
