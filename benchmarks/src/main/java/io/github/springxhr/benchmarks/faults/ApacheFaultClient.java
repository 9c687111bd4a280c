package io.github.springxhr.benchmarks.faults;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.springxhr.reliability.Scene;
import io.github.springxhr.reliability.Upload;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Apache HttpClient 5, the blocking one.
 */
final class ApacheFaultClient implements FaultClient {

	private final CloseableHttpClient client;

	ApacheFaultClient(Limits limits) {
		this.client = HttpClients.custom()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setTlsSocketStrategy(new DefaultClientTlsStrategy(Scene.CERTIFICATES.client()))
				.setDefaultConnectionConfig(
						ConnectionConfig.custom().setConnectTimeout(Timeout.of(limits.connect())).build())
				.setDnsResolver(new Names(limits))
				.build())
			.setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(limits.time())).build())
			.build();
	}

	@Override
	public Reply send(Order request) throws Exception {
		ClassicHttpRequest built = ClassicRequestBuilder.create(request.method())
			.setUri(request.url())
			.setEntity(entity(request.upload()))
			.build();
		return this.client.execute(built, ApacheFaultClient::reply);
	}

	private static Reply reply(ClassicHttpResponse response) throws IOException {
		HttpEntity entity = response.getEntity();
		return Reply.of(response.getCode(), (name) -> {
			Header header = response.getFirstHeader(name);
			return (header != null) ? header.getValue() : null;
		}, (entity != null) ? Body.of(entity.getContent()) : Body.of((byte[]) null));
	}

	private static @Nullable HttpEntity entity(@Nullable Upload upload) {
		if (upload == null) {
			return null;
		}
		if (upload.isSound()) {
			return new ByteArrayEntity(upload.parts().get(0), null);
		}
		List<InputStream> parts = new ArrayList<>();
		upload.parts().forEach((part) -> parts.add(new ByteArrayInputStream(part)));
		if (upload.fails()) {
			parts.add(new Failing());
		}
		return new InputStreamEntity(new SequenceInputStream(Collections.enumeration(parts)), upload.length(), null);
	}

	@Override
	public void close() {
		this.client.close(CloseMode.IMMEDIATE);
	}

	/**
	 * The end of a source that fails.
	 */
	private static final class Failing extends InputStream {

		@Override
		public int read() throws IOException {
			throw new IOException("on purpose");
		}

	}

	/**
	 * The addresses of names.
	 */
	private static final class Names extends SystemDefaultDnsResolver {

		private final Limits limits;

		Names(Limits limits) {
			this.limits = limits;
		}

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			try {
				return this.limits.addresses(host).toArray(InetAddress[]::new);
			}
			catch (UnknownHostException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
