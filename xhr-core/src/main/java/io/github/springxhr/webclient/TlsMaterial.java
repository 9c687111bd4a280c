package io.github.springxhr.webclient;

import java.util.List;

import javax.net.ssl.SSLException;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;

/**
 * What TLS settings are turned into, once for all connections that use them. Has no
 * equality but its identity.
 */
final class TlsMaterial {

	private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

	private final TlsSettings settings;

	private final SslContext http11;

	private final SslContext http2;

	private TlsMaterial(TlsSettings settings) throws SSLException {
		this.settings = settings;
		this.http11 = builder(settings).build();
		this.http2 = withAlpn(builder(settings)).build();
		// unknown names of cipher suites are found out here only
		ReferenceCountUtil.release(this.http11.newEngine(UnpooledByteBufAllocator.DEFAULT));
	}

	static TlsMaterial of(TlsSettings settings) {
		try {
			return new TlsMaterial(settings);
		}
		catch (SSLException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("tls cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static SslContextBuilder builder(TlsSettings settings) {
		SslContextBuilder builder = SslContextBuilder.forClient()
			.keyManager(settings.key())
			.trustManager(settings.trust())
			.protocols(settings.protocols().isEmpty() ? PROTOCOLS : settings.protocols());
		return settings.ciphers().isEmpty() ? builder : builder.ciphers(settings.ciphers());
	}

	private SslContextBuilder withAlpn(SslContextBuilder builder) {
		if (this.settings.ciphers().isEmpty()) {
			builder.ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
		}
		return builder.applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
				ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
				ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT, ApplicationProtocolNames.HTTP_2,
				ApplicationProtocolNames.HTTP_1_1));
	}

	TlsSettings settings() {
		return this.settings;
	}

	SslContext context(boolean withHttp2) {
		return withHttp2 ? this.http2 : this.http11;
	}

}
