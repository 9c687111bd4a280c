package io.github.springxhr.autoconfigure;

import java.util.List;

import io.github.springxhr.webclient.ProxySettings.Type;
import org.jspecify.annotations.Nullable;

/**
 * Configuration properties of the proxy that a client's connections go through. Its
 * address (type, host, port and exceptions) is inherited as a whole, its credentials are
 * not.
 *
 * @since 0.1.0
 */
public class XhrProxyProperties {

	/**
	 * Protocol that the proxy speaks. Part of the address of the proxy, which is
	 * inherited as a whole.
	 */
	private @Nullable Type type;

	/**
	 * Name or address of the proxy. Empty if there is to be none, not even one that would
	 * be inherited. Part of the address of the proxy, which is inherited as a whole.
	 */
	private @Nullable String host;

	/**
	 * Port of the proxy, from 1 to 65535. Part of the address of the proxy, which is
	 * inherited as a whole.
	 */
	private @Nullable Integer port;

	/**
	 * Hosts that are connected to directly, with an asterisk at the beginning or the end
	 * for any text. Part of the address of the proxy, which is inherited as a whole.
	 */
	private @Nullable List<String> nonProxyHosts;

	/**
	 * User name to send to the proxy. Not inherited by named clients.
	 */
	private @Nullable String username;

	/**
	 * Password to send to the proxy. Not inherited by named clients.
	 */
	private @Nullable String password;

	public @Nullable Type getType() {
		return this.type;
	}

	public void setType(@Nullable Type type) {
		this.type = type;
	}

	public @Nullable String getHost() {
		return this.host;
	}

	public void setHost(@Nullable String host) {
		this.host = host;
	}

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public @Nullable List<String> getNonProxyHosts() {
		return this.nonProxyHosts;
	}

	public void setNonProxyHosts(@Nullable List<String> nonProxyHosts) {
		this.nonProxyHosts = nonProxyHosts;
	}

	public @Nullable String getUsername() {
		return this.username;
	}

	public void setUsername(@Nullable String username) {
		this.username = username;
	}

	public @Nullable String getPassword() {
		return this.password;
	}

	public void setPassword(@Nullable String password) {
		this.password = password;
	}

	boolean hasAddress() {
		return this.host != null || hasMoreThanHost();
	}

	/**
	 * Whether it says that there is to be no proxy.
	 */
	boolean isNone() {
		return "".equals(this.host) && !hasMoreThanHost();
	}

	private boolean hasMoreThanHost() {
		return this.type != null || this.port != null || this.nonProxyHosts != null;
	}

}
