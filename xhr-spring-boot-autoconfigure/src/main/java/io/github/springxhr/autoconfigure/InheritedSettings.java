package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.SslBundle;

/**
 * What the clients inherit from the settings that Spring Boot has for all HTTP clients of
 * an application.
 *
 * @param connectTimeout how long connecting may take, or {@code null}
 * @param readTimeout how long a server may be silent, or {@code null}
 * @param sslBundle how to speak TLS, or {@code null}
 */
record InheritedSettings(@Nullable Duration connectTimeout, @Nullable Duration readTimeout,
		@Nullable SslBundle sslBundle) {

	static final String PREFIX = "spring.http.clients";

	static final InheritedSettings NONE = new InheritedSettings(null, null, null);

	private static final Log logger = LogFactory.getLog(InheritedSettings.class);

	/**
	 * Read the settings, and log those that are set but have no effect here.
	 */
	static InheritedSettings from(HttpClientSettings settings) {
		List<String> behaviour = new ArrayList<>();
		addIfSet(behaviour, "redirects", settings.redirects());
		addIfSet(behaviour, "cookie-handling", settings.cookieHandling());
		if (!behaviour.isEmpty()) {
			logger.info(
					"XHR clients do not apply " + behaviour + ": they follow redirects themselves (xhr.max-redirects) "
							+ "and keep cookies apart (xhr.cookies.enabled)");
		}
		return new InheritedSettings(settings.connectTimeout(), settings.readTimeout(), settings.sslBundle());
	}

	/**
	 * Put the settings that have a property of the same name into the form of these.
	 */
	XhrClientProperties asProperties() {
		XhrClientProperties properties = new XhrClientProperties();
		properties.setConnectTimeout(this.connectTimeout);
		properties.setReadTimeout(this.readTimeout);
		return properties;
	}

	private static void addIfSet(List<String> names, String name, @Nullable Object value) {
		if (value != null) {
			names.add(PREFIX + "." + name);
		}
	}

}
