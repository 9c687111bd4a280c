package io.github.springxhr.benchmarks.faults;

import java.io.IOException;
import java.net.UnknownHostException;

import javax.net.ssl.X509TrustManager;

import io.github.springxhr.reliability.Scene;
import io.github.springxhr.reliability.Upload;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * OkHttp.
 */
final class OkHttpFaultClient implements FaultClient {

	private final OkHttpClient client;

	OkHttpFaultClient(Limits limits) {
		this.client = new OkHttpClient.Builder().connectTimeout(limits.connect())
			.callTimeout(limits.time())
			.sslSocketFactory(Scene.CERTIFICATES.client().getSocketFactory(),
					(X509TrustManager) Scene.CERTIFICATES.trust().getTrustManagers()[0])
			.dns((name) -> {
				try {
					return limits.addresses(name);
				}
				catch (UnknownHostException ex) {
					throw ex;
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			})
			.build();
	}

	@Override
	public Reply send(Order request) throws Exception {
		Request.Builder builder = new Request.Builder().url(request.url())
			.method(request.method(), (request.upload() != null) ? new Source(request.upload()) : null);
		try (Response response = this.client.newCall(builder.build()).execute()) {
			return Reply.of(response.code(), response::header, Body.of(response.body().byteStream()));
		}
	}

	@Override
	public void close() {
		this.client.dispatcher().executorService().shutdown();
		this.client.connectionPool().evictAll();
	}

	/**
	 * The body of a request.
	 */
	private static final class Source extends RequestBody {

		private final Upload upload;

		Source(Upload upload) {
			this.upload = upload;
		}

		@Override
		public @Nullable MediaType contentType() {
			return null;
		}

		@Override
		public long contentLength() {
			return this.upload.length();
		}

		@Override
		public void writeTo(BufferedSink sink) throws IOException {
			for (byte[] part : this.upload.parts()) {
				sink.write(part);
			}
			if (this.upload.fails()) {
				throw new IOException("on purpose");
			}
		}

	}

}
