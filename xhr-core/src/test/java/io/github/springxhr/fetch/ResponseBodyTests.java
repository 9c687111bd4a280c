package io.github.springxhr.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.function.Supplier;

import io.github.springxhr.coding.ContentCodings;
import io.github.springxhr.cookie.PublicSuffixes;
import io.github.springxhr.http.CredentialsMode;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Request;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A coded body asks for no more than its reader takes, and lets go of its decoder.
 */
class ResponseBodyTests {

	private final List<BodyChunk> delivered = new ArrayList<>();

	private final List<FetchFailure> failures = new ArrayList<>();

	private final Hops hops = new Hops(new Network());

	private long requested;

	private ResponseBody body;

	private RuntimeException thrownAtChunk;

	private Error thrownAtEnd;

	@BeforeEach
	void start() throws IOException {
		Url url = Url.parse("http://h/", null);
		this.hops.start(new NetworkRequest("GET", url, new HeaderList(), null, true, Map.of()), new Owner(), null);
		this.requested = 0;
		this.body = new ResponseBody(new Handler(), this.hops, 100_000_000,
				new BodyDecoder(ContentCodings.decoderFor(List.of("gzip"), 100_000_000)));
	}

	private static byte[] zeros(int length) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(new byte[length]);
		}
		return bytes.toByteArray();
	}

	@Test
	void noMoreIsAskedForWhilePiecesWait() throws IOException {
		byte[] coded = zeros(1_000_000);
		int half = coded.length / 2;
		int chunks = 8;
		for (int i = 0; i < chunks; i++) {
			byte[] chunk = Arrays.copyOfRange(coded, half * i / chunks, half * (i + 1) / chunks);
			this.body.chunk(new ByteChunk(chunk, chunk.length));
		}
		int pieces = this.delivered.size();
		assertThat(pieces).isGreaterThan(4);
		assertThat(this.delivered).allMatch((piece) -> piece.length() <= 64 * 1024);
		assertThat(this.requested).isZero();
		for (int i = 0; i < pieces - 4; i++) {
			this.body.pull();
		}
		assertThat(this.requested).isZero();
		this.body.pull();
		assertThat(this.requested).isEqualTo(chunks);
		this.body.pull();
		assertThat(this.requested).isEqualTo(chunks);
		byte[] rest = Arrays.copyOfRange(coded, half, coded.length);
		this.body.chunk(new ByteChunk(rest, rest.length));
		this.body.end();
		assertThat(this.delivered.stream().mapToInt(BodyChunk::length).sum()).isEqualTo(1_000_000);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void closedBodyDecodesNoMore() throws IOException {
		byte[] coded = zeros(1000);
		this.body.close();
		this.body.chunk(new ByteChunk(coded, coded.length));
		assertThat(this.delivered).isEmpty();
	}

	@Test
	void terminatedFetchDecodesNoMore() throws IOException {
		Network network = new Network();
		FetchController controller = fetchGzip(network);
		controller.terminate();
		byte[] coded = zeros(100);
		network.handler.bodyChunk(new ByteChunk(coded, coded.length));
		assertThat(this.delivered).isEmpty();
		assertThat(network.cancelled).isTrue();
	}

	@Test
	void whatIsThrownInTheBodyEndsTheFetchOnce() throws IOException {
		Network network = new Network();
		fetchGzip(network);
		byte[] coded = zeros(100);
		this.thrownAtChunk = new IllegalStateException("at the chunk");
		network.handler.bodyChunk(new ByteChunk(coded, coded.length));
		network.handler.bodyChunk(new ByteChunk(coded, coded.length));
		network.handler.bodyEnd();
		assertThat(this.failures).extracting(FetchFailure::cause).containsExactly(this.thrownAtChunk);
		assertThat(network.cancelled).isTrue();
	}

	@Test
	void whatIsThrownAtTheEndOfTheBodyEndsTheFetchOnce() throws IOException {
		Network network = new Network();
		fetchGzip(network);
		byte[] coded = zeros(100);
		network.handler.bodyChunk(new ByteChunk(coded, coded.length));
		this.thrownAtEnd = new StackOverflowError();
		network.handler.bodyEnd();
		network.handler.failed(FetchFailure.of(FailureKind.CONNECTION_CLOSED, Phase.BODY, "late"));
		assertThat(this.failures).extracting(FetchFailure::cause).containsExactly(this.thrownAtEnd);
	}

	private FetchController fetchGzip(Network network) {
		FetchSettings settings = new FetchSettings(new FetchSettings.Site(null, null, null, new PublicSuffixes()),
				new FetchSettings.Configured(new HeaderList(), null, "test", null, null, Set.of()),
				new FetchSettings.Rules(20, false, false, true, 1000), null, new PreflightCache(System::nanoTime),
				new AuthenticationCache());
		FetchController controller = new Fetcher(network, settings).fetch(new Request("GET",
				Url.parse("http://h/", null), new HeaderList(), null, CredentialsMode.SAME_ORIGIN, false, false, -1),
				new Handler());
		HeaderList headers = new HeaderList();
		headers.add("Content-Encoding", "gzip");
		network.handler.responseHead(200, "OK", headers);
		return controller;
	}

	private final class Network implements NetworkTransport {

		private NetworkHandler handler;

		private boolean cancelled;

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			this.handler = handler;
			return new NetworkExchange() {

				@Override
				public void request(long chunks) {
					ResponseBodyTests.this.requested += chunks;
				}

				@Override
				public void cancel() {
					Network.this.cancelled = true;
				}

			};
		}

		@Override
		public void close() {
			// nothing is open
		}

	}

	private final class Handler implements FetchHandler {

		@Override
		public void processRequestUrlList(List<Url> urlList) {
			// not looked at
		}

		@Override
		public void processConnection(ConnectionInfo connection) {
			// not looked at
		}

		@Override
		public void processRequestBodyChunkLength(int bytesLength) {
			// not looked at
		}

		@Override
		public void processRequestEndOfBody() {
			// not looked at
		}

		@Override
		public void processResponse(Response response) {
			// not looked at
		}

		@Override
		public void processBodyChunk(BodyChunk chunk) {
			if (ResponseBodyTests.this.thrownAtChunk != null) {
				throw ResponseBodyTests.this.thrownAtChunk;
			}
			ResponseBodyTests.this.delivered.add(chunk);
		}

		@Override
		public void processEndOfBody() {
			if (ResponseBodyTests.this.thrownAtEnd != null) {
				throw ResponseBodyTests.this.thrownAtEnd;
			}
		}

		@Override
		public void processBodyError(FetchFailure failure) {
			ResponseBodyTests.this.failures.add(failure);
		}

	}

	private static final class Owner implements Hop.Owner {

		@Override
		public void connecting(Supplier<ConnectionInfo.Setup> soFar) {
			// not looked at
		}

		@Override
		public void connected(ConnectionInfo connection) {
			// not looked at
		}

		@Override
		public void retried() {
			// not looked at
		}

		@Override
		public void requestBodyWritten(long written) {
			// not looked at
		}

		@Override
		public void requestBodyEnd() {
			// not looked at
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
			// not looked at
		}

		@Override
		public void failed(Hop hop, FetchFailure failure, boolean headDelivered) {
			// not looked at
		}

	}

}
