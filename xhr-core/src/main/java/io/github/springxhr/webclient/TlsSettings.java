package io.github.springxhr.webclient;

import java.util.List;
import java.util.Set;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a client speaks TLS: whom it trusts, and what it proves itself with. A server's
 * certificate is always checked, and that it is for the host of the URL.
 *
 * <pre class="code">
 * builder.tls(TlsSettings.defaults()
 *     .withTrust(bundle.getManagers().getTrustManagerFactory())
 *     .withKey(bundle.getManagers().getKeyManagerFactory()));
 * </pre>
 *
 * @param key the client certificates and their keys, initialized, or {@code null} for
 * none
 * @param trust whom to trust, initialized, or {@code null} for whom the JVM trusts
 * @param protocols {@code TLSv1.2}, {@code TLSv1.3} or both; empty for both
 * @param ciphers the names of the cipher suites; empty for the defaults
 * @since 0.1.0
 * @see ReloadableTls
 */
public record TlsSettings(@Nullable KeyManagerFactory key, @Nullable TrustManagerFactory trust, List<String> protocols,
		List<String> ciphers) {

	private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

	private static final TlsSettings DEFAULTS = new TlsSettings(null, null, List.of(), List.of());

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if there is another protocol. Whether there are
	 * such cipher suites is found out when the settings are used
	 */
	public TlsSettings {
		protocols = List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
		Assert.isTrue(PROTOCOLS.containsAll(protocols), "tls.protocols must be TLSv1.2 or TLSv1.3");
	}

	/**
	 * Return what holds unless set: the JVM's trust, no client certificate, TLS 1.2 and
	 * 1.3, the default cipher suites.
	 * @return the defaults
	 */
	public static TlsSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return these settings with client certificates.
	 * @param key the certificates and their keys, initialized, or {@code null} for none
	 * @return new settings
	 */
	public TlsSettings withKey(@Nullable KeyManagerFactory key) {
		return new TlsSettings(key, this.trust, this.protocols, this.ciphers);
	}

	/**
	 * Return these settings with other trust.
	 * @param trust whom to trust, initialized, or {@code null} for whom the JVM trusts
	 * @return new settings
	 */
	public TlsSettings withTrust(@Nullable TrustManagerFactory trust) {
		return new TlsSettings(this.key, trust, this.protocols, this.ciphers);
	}

	/**
	 * Return these settings with other protocols.
	 * @param protocols {@code TLSv1.2}, {@code TLSv1.3} or both; empty for both
	 * @return new settings
	 * @throws IllegalArgumentException if there is another
	 */
	public TlsSettings withProtocols(List<String> protocols) {
		return new TlsSettings(this.key, this.trust, protocols, this.ciphers);
	}

	/**
	 * Return these settings with other cipher suites.
	 * @param ciphers their names as Java has them; empty for the defaults
	 * @return new settings
	 */
	public TlsSettings withCiphers(List<String> ciphers) {
		return new TlsSettings(this.key, this.trust, this.protocols, ciphers);
	}

}
