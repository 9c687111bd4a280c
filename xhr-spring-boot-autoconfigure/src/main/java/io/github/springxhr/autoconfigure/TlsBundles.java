package io.github.springxhr.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.springxhr.webclient.ReloadableTls;
import io.github.springxhr.webclient.TlsSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.core.NestedExceptionUtils;

/**
 * The application's SSL bundles as the clients use them. All clients of a bundle share
 * its settings, which follow the bundle when it is reloaded.
 *
 * <h2>Concurrency</h2> Bundles are reloaded on threads of their own.
 */
final class TlsBundles {

	private static final Log logger = LogFactory.getLog(TlsBundles.class);

	private final ObjectProvider<SslBundles> available;

	private final @Nullable SslBundle inherited;

	private final Map<String, ReloadableTls> followed = new ConcurrentHashMap<>();

	TlsBundles(ObjectProvider<SslBundles> available, @Nullable SslBundle inherited) {
		this.available = available;
		this.inherited = inherited;
	}

	/**
	 * Return the bundle that all HTTP clients of the application have, if there is one.
	 */
	@Nullable SslBundle inherited() {
		return this.inherited;
	}

	/**
	 * Return the settings of a bundle.
	 * @throws IllegalArgumentException if there is none of that name, or it cannot be
	 * used
	 */
	ReloadableTls get(String name) {
		SslBundles bundles = this.available.getIfAvailable();
		List<String> names = (bundles != null) ? bundles.getBundleNames() : List.of();
		if (bundles == null || !names.contains(name)) {
			throw new IllegalArgumentException("ssl.bundle is not the name of an SSL bundle; the bundles are " + names);
		}
		return this.followed.computeIfAbsent(name, (key) -> follow(bundles, key));
	}

	/**
	 * Return the settings of a bundle whose name is not known. If it is one of those that
	 * have a name, it is followed by that.
	 * @throws IllegalArgumentException if it cannot be used
	 */
	ReloadableTls get(SslBundle bundle) {
		SslBundles bundles = this.available.getIfAvailable();
		List<String> names = (bundles != null) ? bundles.getBundleNames() : List.of();
		for (String name : names) {
			if (bundles != null && bundles.getBundle(name) == bundle) {
				return get(name);
			}
		}
		return new ReloadableTls(settings(bundle));
	}

	private static ReloadableTls follow(SslBundles bundles, String name) {
		SslBundle first = bundles.getBundle(name);
		ReloadableTls tls = new ReloadableTls(settings(first));
		bundles.addBundleUpdateHandler(name, (updated) -> update(name, tls, updated));
		SslBundle current = bundles.getBundle(name);
		if (current != first) {
			update(name, tls, current);
		}
		return tls;
	}

	private static void update(String name, ReloadableTls tls, SslBundle bundle) {
		try {
			tls.update(settings(bundle));
			logger.info("XHR clients use the SSL bundle '" + name + "' as it is now");
		}
		catch (IllegalArgumentException ex) {
			logger.error("XHR clients keep the SSL bundle '" + name + "' as it was, as it cannot be used now: "
					+ ex.getMessage());
		}
	}

	private static TlsSettings settings(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		return managers(bundle).withProtocols(protocols(bundle)).withCiphers(list(options.getCiphers()));
	}

	/**
	 * Take whom to trust and what to prove oneself with. What is wrong with them may
	 * repeat a key that stands where the name of its file should, so only the kind of the
	 * failure is told.
	 */
	private static TlsSettings managers(SslBundle bundle) {
		try {
			SslManagerBundle managers = bundle.getManagers();
			return TlsSettings.defaults()
				.withKey(managers.getKeyManagerFactory())
				.withTrust(managers.getTrustManagerFactory());
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException("ssl.bundle has content that cannot be loaded ("
					+ NestedExceptionUtils.getMostSpecificCause(ex).getClass().getName() + ")");
		}
	}

	/**
	 * Take the protocols, to which an SSL context that has to be of the older one amounts
	 * as well.
	 */
	private static List<String> protocols(SslBundle bundle) {
		List<String> enabled = list(bundle.getOptions().getEnabledProtocols());
		return (enabled.isEmpty() && bundle.getProtocol().equals("TLSv1.2")) ? List.of("TLSv1.2") : enabled;
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

}
