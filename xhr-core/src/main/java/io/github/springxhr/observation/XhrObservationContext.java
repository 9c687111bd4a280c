package io.github.springxhr.observation;

import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Sending;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request that is observed.
 * <p>
 * It is no {@code SenderContext}: one request may be several HTTP exchanges, as redirects
 * are followed, and each of them carries propagation headers of its own, which the
 * observation of the {@code WebClient} sets. So the span of a request is a plain one, and
 * those of its exchanges are the client spans.
 *
 * <h2>Concurrency</h2> Changed on the request's own event loop only.
 *
 * @since 0.1.0
 */
public final class XhrObservationContext extends Observation.Context {

	private final String client;

	private final Sending sending;

	private int status;

	private @Nullable Result result;

	XhrObservationContext(String client, Sending sending) {
		this.client = client;
		this.sending = sending;
	}

	/**
	 * Return the name of the factory that made the request.
	 * @return the name
	 */
	public String getClient() {
		return this.client;
	}

	/**
	 * Return the HTTP method, which can be any token.
	 * @return the method
	 */
	public String getMethod() {
		return this.sending.method();
	}

	/**
	 * Return the URL template that the request was opened with.
	 * @return the template as it was given, or {@code null} if it was opened with a URL
	 */
	public @Nullable String getUriTemplate() {
		return this.sending.uriTemplate();
	}

	/**
	 * Return whether the request is work in the background.
	 * @return {@code true} if {@code setMozBackgroundRequest(true)} was called
	 */
	public boolean isBackground() {
		return this.sending.background();
	}

	/**
	 * Return the status code of the response, even if its body was not complete.
	 * @return the code; 0 as long as there is no response
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Return how the request ended.
	 * @return the result, or {@code null} while it is in flight
	 */
	public @Nullable Result getResult() {
		return this.result;
	}

	void setStatus(int status) {
		this.status = status;
	}

	void setResult(Result result) {
		this.result = result;
	}

	/**
	 * Let go of the parent once the observation has been stopped, if there is another
	 * request among its ancestors: those that send one another could be without end, and
	 * each would keep all before it.
	 */
	void forgetAncestors() {
		ObservationView ancestor = getParentObservation();
		while (ancestor != null) {
			if (ancestor.getContextView() instanceof XhrObservationContext) {
				setParentObservation(null);
				return;
			}
			ancestor = ancestor.getContextView().getParentObservation();
		}
	}

}
