package io.github.springxhr.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.autoconfigure.ClientConfigurer.Source;
import io.github.springxhr.webclient.ProxySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.Assert;

/**
 * Sets up what the connections of one client go through: a proxy, and TLS.
 */
final class ConnectionConfigurer {

	/** The client's own properties first, then those it inherits from. */
	private final List<Source> sources;

	private final Source own;

	private final TlsBundles bundles;

	ConnectionConfigurer(List<Source> sources, TlsBundles bundles) {
		this.sources = sources;
		this.own = sources.get(0);
		this.bundles = bundles;
	}

	void configure(XhrFactoryBuilder builder) {
		configureProxy(builder);
		configureTls(builder);
	}

	void requireNoProxy() {
		Source source = proxySource();
		if (source != null) {
			throw new InvalidXhrPropertyException(source.prefix() + ".proxy.host",
					"a proxy resolves the names of hosts itself, past the application's InetAddressFilter", null,
					"Remove the proxy or the filter. An empty '" + this.own.prefix()
							+ ".proxy.host' is for no proxy at all.");
		}
	}

	private void configureProxy(XhrFactoryBuilder builder) {
		XhrProxyProperties credentials = this.own.properties().getProxy();
		boolean hasCredentials = credentials.getUsername() != null || credentials.getPassword() != null;
		Source source = proxySource();
		if (source == null) {
			requireNoCredentials(credentials);
			return;
		}
		ProxySettings[] proxy = new ProxySettings[1];
		ClientConfigurer.set(source.prefix(), source.prefix() + ".proxy", source.properties().getProxy(),
				(address) -> proxy[0] = settings(source.prefix() + ".proxy", address), (address) -> null,
				"Set the type, the host's name or address alone, and a port from 1 to 65535.");
		ClientConfigurer.set(this.own.prefix(), this.own.prefix() + ".proxy", proxy[0],
				(address) -> builder.proxy(hasCredentials ? with(address, credentials) : address), (address) -> null,
				"Set the user name and the password, which are not inherited, or neither.");
	}

	/**
	 * Find where the address of the proxy comes from, all parts of it together.
	 */
	private @Nullable Source proxySource() {
		return this.sources.stream()
			.filter((source) -> source.properties().getProxy().hasAddress())
			.findFirst()
			.filter((source) -> !source.properties().getProxy().isNone())
			.orElse(null);
	}

	private void requireNoCredentials(XhrProxyProperties proxy) {
		if (proxy.getUsername() != null || proxy.getPassword() != null) {
			throw new InvalidXhrPropertyException(
					this.own.prefix() + ".proxy." + ((proxy.getUsername() != null) ? "username" : "password"),
					"there is no proxy to send it to", null,
					"Set '" + this.own.prefix() + ".proxy.host' and '.port', or remove the property.");
		}
	}

	private static ProxySettings settings(String property, XhrProxyProperties proxy) {
		String host = require(property, "host", proxy.getHost());
		Assert.isTrue(isHostAlone(host), "proxy.host must be a name or an address alone");
		int port = require(property, "port", proxy.getPort());
		return new ProxySettings(Objects.requireNonNullElse(proxy.getType(), ProxySettings.Type.HTTP), host, port, null,
				null, Objects.requireNonNullElse(proxy.getNonProxyHosts(), List.of()));
	}

	/**
	 * Whether it is neither a URL, which may have a password, nor has a port.
	 */
	private static boolean isHostAlone(String host) {
		boolean port = host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
		return !port && host.chars().noneMatch((c) -> c == '/' || c == '@' || Character.isWhitespace(c));
	}

	private static <T> T require(String property, String name, @Nullable T value) {
		if (value == null) {
			throw new InvalidXhrPropertyException(property + "." + name,
					"it is not set, but a proxy is a host and a port", null, "Set '" + property + "." + name
							+ "', as no part of a proxy's address is inherited alone, or remove its counterparts.");
		}
		return value;
	}

	private static ProxySettings with(ProxySettings address, XhrProxyProperties credentials) {
		return new ProxySettings(address.type(), address.host(), address.port(), credentials.getUsername(),
				credentials.getPassword(), address.nonProxyHosts());
	}

	private void configureTls(XhrFactoryBuilder builder) {
		String bundle = this.own.properties().getSsl().getBundle();
		SslBundle inherited = this.bundles.inherited();
		if (bundle != null) {
			setTls(this.own.prefix(), bundle, (name) -> builder.tls(this.bundles.get(name)), bundle);
		}
		else if (inherited != null) {
			setTls(InheritedSettings.PREFIX, inherited, (settings) -> builder.tls(this.bundles.get(settings)), null);
		}
	}

	private static <T> void setTls(String prefix, T value, Consumer<T> setter, @Nullable String shown) {
		ClientConfigurer.set(prefix, prefix + ".ssl.bundle", value, setter, (ignored) -> shown,
				"Set the name of an SSL bundle, such as one below 'spring.ssl.bundle.pem' or 'spring.ssl.bundle.jks', "
						+ "and check its files, passwords, protocols and ciphers.");
	}

}
