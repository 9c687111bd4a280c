package io.github.springxhr.fetch;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Url;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A fetch that is given up as it starts a hop: {@link Hops#start} against
 * {@link Hops#terminate}. The results are how many hops were started, and how many of
 * them were not given up.
 */
public final class HopsStress {

	private static final NetworkRequest REQUEST = new NetworkRequest("GET", Url.parse("http://server.test/", null),
			new HeaderList(), null, true, Map.of());

	private HopsStress() {
	}

	/**
	 * The first hop.
	 */
	@JCStressTest
	@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "was not started")
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "was started and given up")
	@State
	public static class FirstHop {

		private final RecordingTransport transport = new RecordingTransport();

		private final Hops hops = new Hops(this.transport);

		@Actor
		public void fetch() {
			this.hops.start(REQUEST, new Listening(), null);
		}

		@Actor
		public void abort() {
			this.hops.terminate();
		}

		@Arbiter
		public void after(II_Result result) {
			this.transport.write(result);
		}

	}

	/**
	 * The hop to the target of a redirect.
	 */
	@JCStressTest
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the first was given up, the second not started")
	@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both were given up")
	@State
	public static class Redirect {

		private final RecordingTransport transport = new RecordingTransport();

		private final Hops hops = new Hops(this.transport);

		public Redirect() {
			this.hops.start(REQUEST, new Listening(), null);
		}

		@Actor
		public void fetch() {
			this.hops.start(REQUEST, new Listening(), null);
		}

		@Actor
		public void abort() {
			this.hops.terminate();
		}

		@Arbiter
		public void after(II_Result result) {
			this.transport.write(result);
		}

	}

	private static final class RecordingTransport implements NetworkTransport {

		private final Queue<Started> started = new ConcurrentLinkedQueue<>();

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			Started exchange = new Started();
			this.started.add(exchange);
			return exchange;
		}

		void write(II_Result result) {
			result.r1 = this.started.size();
			result.r2 = (int) this.started.stream().filter((exchange) -> !exchange.cancelled).count();
		}

		@Override
		public void close() {
		}

	}

	private static final class Started implements NetworkExchange {

		private volatile boolean cancelled;

		@Override
		public void request(long chunks) {
		}

		@Override
		public void cancel() {
			this.cancelled = true;
		}

	}

	/** Told of nothing, as nothing is received. */
	private static final class Listening implements Hop.Owner {

		@Override
		public void connecting(Supplier<Setup> soFar) {
		}

		@Override
		public void connected(ConnectionInfo connection) {
		}

		@Override
		public void retried() {
		}

		@Override
		public void requestBodyWritten(long written) {
		}

		@Override
		public void requestBodyEnd() {
		}

		@Override
		public Hop.Body responseHead(int status, String statusMessage, HeaderList headers) {
			return Hop.Body.DELIVER;
		}

		@Override
		public boolean bodyChunk(Hop hop, BodyChunk chunk) {
			return true;
		}

		@Override
		public void bodyEnd(Hop hop) {
		}

		@Override
		public void failed(Hop hop, FetchFailure failure, boolean headDelivered) {
			throw new IllegalStateException("the transport failed", failure.cause());
		}

	}

}
