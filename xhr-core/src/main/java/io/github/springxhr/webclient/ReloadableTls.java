package io.github.springxhr.webclient;

import org.springframework.util.Assert;

/**
 * TLS settings that can be replaced while clients use them, say, when a certificate has
 * been renewed. Any number of clients may share them.
 * <p>
 * A request, and each hop of its redirects, takes the settings that are there when it is
 * sent. It is not sent over a connection that was made with others; those end when the
 * last request on them has, undisturbed.
 *
 * <pre class="code">
 * ReloadableTls tls = new ReloadableTls(TlsSettings.defaults().withTrust(trust));
 * XhrFactory factory = XhrFactory.builder(webClientBuilder).tls(tls).build();
 * tls.update(TlsSettings.defaults().withTrust(newTrust));
 * </pre>
 *
 * <h2>Concurrency</h2> All methods may be called from any thread.
 *
 * @since 0.1.0
 */
public final class ReloadableTls {

	private volatile TlsMaterial current;

	/**
	 * Create settings to be replaced.
	 * @param settings what holds at first
	 * @throws IllegalArgumentException if they cannot be used, say, for an unknown cipher
	 * suite
	 */
	public ReloadableTls(TlsSettings settings) {
		this.current = material(settings);
	}

	/**
	 * Replace the settings. All requests that are sent after this method has returned use
	 * the new ones.
	 * @param settings the new settings
	 * @throws IllegalArgumentException if they cannot be used; the old ones stay then
	 */
	public void update(TlsSettings settings) {
		this.current = material(settings);
	}

	/**
	 * Return the settings that hold now.
	 * @return the settings
	 */
	public TlsSettings settings() {
		return this.current.settings();
	}

	TlsMaterial material() {
		return this.current;
	}

	private static TlsMaterial material(TlsSettings settings) {
		Assert.notNull(settings, "tls must not be null");
		return TlsMaterial.of(settings);
	}

}
