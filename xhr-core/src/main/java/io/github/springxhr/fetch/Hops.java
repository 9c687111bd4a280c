package io.github.springxhr.fetch;

import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import org.jspecify.annotations.Nullable;

/**
 * The hops that a fetch has started.
 *
 * <h2>Concurrency</h2> A hop starts on the thread of the one before. {@link #terminate()}
 * comes from any thread: the lock guards {@code hops} and {@code terminated}, so that no
 * hop starts after it, and is not held during a callback.
 */
final class Hops {

	private final NetworkTransport transport;

	private final List<Hop> hops = new ArrayList<>(1);

	private volatile @Nullable Hop current;

	private boolean terminated;

	Hops(NetworkTransport transport) {
		this.transport = transport;
	}

	void start(NetworkRequest request, Hop.Owner owner, @Nullable HopFollower follower) {
		start(request, new Hop(this, request, owner, follower, 0));
	}

	void start(NetworkRequest request, Hop hop) {
		synchronized (this) {
			if (this.terminated) {
				return;
			}
			this.hops.add(hop);
			this.current = hop;
		}
		try {
			hop.attach(this.transport.start(request, hop));
		}
		catch (Throwable ex) {
			hop.failed(new FetchFailure(FailureKind.OTHER, Phase.CONNECT,
					"the transport failed with " + ex.getClass().getName(), ex));
		}
	}

	/**
	 * Give up all hops, and start no more.
	 */
	void terminate() {
		List<Hop> started;
		synchronized (this) {
			this.terminated = true;
			started = List.copyOf(this.hops);
		}
		started.forEach(Hop::cancel);
	}

	/**
	 * Tell the current hop that chunks have been handled.
	 */
	void pull(int chunks) {
		Hop hop = this.current;
		if (hop != null) {
			hop.handled(chunks);
		}
	}

	void afterReading(Runnable task) {
		Hop hop = this.current;
		if (hop != null) {
			hop.afterReading(task);
		}
		else {
			task.run();
		}
	}

	/**
	 * The last hop has ended: what is left of the ones before is given up.
	 */
	void cancelOthers(Hop last) {
		List<Hop> others;
		synchronized (this) {
			if (this.hops.size() == 1) {
				return;
			}
			others = this.hops.stream().filter((hop) -> hop != last).toList();
		}
		others.forEach(Hop::cancel);
	}

}
