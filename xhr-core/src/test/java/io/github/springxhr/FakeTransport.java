package io.github.springxhr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;

/**
 * A transport whose network is the test.
 */
final class FakeTransport implements NetworkTransport {

	final List<FakeExchange> exchanges = new ArrayList<>();

	int unreleasedChunks;

	boolean closed;

	@Override
	public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
		FakeExchange exchange = new FakeExchange(request, handler);
		this.exchanges.add(exchange);
		return exchange;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	FakeExchange only() {
		if (this.exchanges.size() != 1) {
			throw new AssertionError(this.exchanges.size() + " exchanges");
		}
		return this.exchanges.get(0);
	}

	FakeExchange last() {
		return this.exchanges.get(this.exchanges.size() - 1);
	}

	final class FakeExchange implements NetworkExchange {

		final NetworkRequest request;

		private final NetworkHandler handler;

		boolean cancelled;

		long requested;

		FakeExchange(NetworkRequest request, NetworkHandler handler) {
			this.request = request;
			this.handler = handler;
		}

		@Override
		public void request(long chunks) {
			this.requested += chunks;
		}

		@Override
		public void cancel() {
			this.cancelled = true;
		}

		FakeExchange connected() {
			this.handler.connected(new ConnectionInfo("HTTP/1.1", null, null, null, null, false, null));
			return this;
		}

		FakeExchange sent(int bytes) {
			this.handler.requestBodyWritten(bytes);
			return this;
		}

		FakeExchange allSent() {
			this.handler.requestBodyEnd();
			return this;
		}

		FakeExchange head(int status, String... headers) {
			HeaderList list = new HeaderList();
			for (int i = 0; i < headers.length; i += 2) {
				list.add(headers[i], headers[i + 1]);
			}
			this.handler.responseHead(status, "Reason " + status, list);
			return this;
		}

		FakeExchange chunk(String text) {
			return chunk(text.getBytes(StandardCharsets.UTF_8));
		}

		FakeExchange chunk(byte[] bytes) {
			return chunk(new FakeChunk(bytes));
		}

		FakeExchange chunk(BodyChunk chunk) {
			this.handler.bodyChunk(chunk);
			return this;
		}

		FakeExchange end() {
			this.handler.bodyEnd();
			return this;
		}

		FakeExchange fail() {
			this.handler.failed(FetchFailure.of(FailureKind.CONNECTION_CLOSED, Phase.BODY, "closed"));
			return this;
		}

	}

	private final class FakeChunk implements BodyChunk {

		private final byte[] bytes;

		FakeChunk(byte[] bytes) {
			this.bytes = bytes;
			FakeTransport.this.unreleasedChunks++;
		}

		@Override
		public int length() {
			return this.bytes.length;
		}

		@Override
		public void copyTo(byte[] target, int offset) {
			System.arraycopy(this.bytes, 0, target, offset, this.bytes.length);
		}

		@Override
		public void release() {
			FakeTransport.this.unreleasedChunks--;
		}

	}

}
