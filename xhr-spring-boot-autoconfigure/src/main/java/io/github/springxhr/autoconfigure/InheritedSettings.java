package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.HttpClientSettings;

/**
 * What the clients inherit from the settings that Spring Boot has for all HTTP clients of
 * an application.
 *
 * @param connectTimeout how long connecting may take, or {@code null}
 */
record InheritedSettings(@Nullable Duration connectTimeout) {

	static final String PREFIX = "spring.http.clients";

	static final InheritedSettings NONE = new InheritedSettings(null);

	private static final Log logger = LogFactory.getLog(InheritedSettings.class);

	/**
	 * Read the settings, and log those that are set but have no effect here.
	 */
	static InheritedSettings from(HttpClientSettings settings) {
		List<String> behaviour = new ArrayList<>();
		addIfSet(behaviour, "redirects", settings.redirects());
		addIfSet(behaviour, "cookie-handling", settings.cookieHandling());
		addIfSet(behaviour, "read-timeout", settings.readTimeout());
		if (!behaviour.isEmpty()) {
			logger.info("XHR clients do not apply " + behaviour
					+ ": they follow redirects themselves (xhr.max-redirects), keep cookies apart (xhr.cookies.enabled), "
					+ "and have a total timeout (xhr.timeout)");
		}
		if (settings.sslBundle() != null) {
			logger.warn("XHR clients do not apply [" + PREFIX
					+ ".ssl.bundle], which other HTTP clients of this application do");
		}
		return new InheritedSettings(settings.connectTimeout());
	}

	/**
	 * Put the settings into the form that properties of a client have.
	 */
	XhrClientProperties asProperties() {
		XhrClientProperties properties = new XhrClientProperties();
		properties.setConnectTimeout(this.connectTimeout);
		return properties;
	}

	private static void addIfSet(List<String> names, String name, @Nullable Object value) {
		if (value != null) {
			names.add(PREFIX + "." + name);
		}
	}

}
