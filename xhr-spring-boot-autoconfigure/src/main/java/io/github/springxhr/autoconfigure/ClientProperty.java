package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * A property that goes to a client's builder by itself. One that makes sense only
 * together with another is left to {@link ClientConfigurer}, as are contradictions.
 * <p>
 * Inherited is what limits a client. What tells whom it talks to, what it has of its own,
 * and what weakens it has to be said for it.
 * <p>
 * They are checked in their order. Getters and setters are two switches, as references to
 * methods would be two classes made at each start for each of them.
 */
enum ClientProperty {

	TIMEOUT("timeout", true, "Set a duration such as 5s, or 0 if there is to be no limit."),

	SHUTDOWN_TIMEOUT("shutdown-timeout", true,
			"Set a duration such as 5s, or 0 if requests are to be aborted at once."),

	CONNECT_TIMEOUT("connect-timeout", true, "Set '%s' to 1ms or more, such as 2s."),

	READ_TIMEOUT("read-timeout", true, "Set '%s' to a duration such as 5s, or 0 if there is to be no limit."),

	MAX_CONNECTIONS("pool.max-connections", true, "Set a number of at least 1."),

	PENDING_LIMIT("pool.pending-limit", true, "Set a number of at least 0, which lets no request wait."),

	PENDING_TIMEOUT("pool.pending-timeout", true, Remedies.POOL_TIME),

	MAX_IDLE_TIME("pool.max-idle-time", true, Remedies.POOL_TIME),

	MAX_LIFE_TIME("pool.max-life-time", true, Remedies.POOL_TIME),

	EVICTION_INTERVAL("pool.eviction-interval", true, Remedies.POOL_TIME),

	MAX_RESPONSE_SIZE("max-response-size", true, "Set a size of at least 1B and less than 2GB, such as 16MB."),

	MAX_REDIRECTS("max-redirects", true, "Set a number from 0, which follows none, to 20."),

	SYNCHRONOUS("synchronous", true, Remedies.TRUE_OR_FALSE),

	COMPRESSION("compression", true, Remedies.TRUE_OR_FALSE),

	HTTP2("http2", true, Remedies.TRUE_OR_FALSE),

	USER_AGENT("user-agent", true, "Set printable characters up to U+00FF, such as checkout/1.0."),

	PROGRESS_INTERVAL("progress-interval", true, "Set a duration such as 50ms, or 0 for an event with each chunk."),

	ORIGIN("origin", false,
			"Set scheme, host and port alone, such as https://shop.example, or the word null, in quotes."),

	REFERRER("referrer", false, "Set an absolute URL of scheme http or https, such as https://shop.example/basket."),

	ALLOW_HTTPS_DOWNGRADE("allow-https-downgrade", false, Remedies.TRUE_OR_FALSE),

	CONFINE_TO_BASE_URL("confine-to-base-url", false, Remedies.TRUE_OR_FALSE),

	WITH_CREDENTIALS("with-credentials", false, Remedies.TRUE_OR_FALSE),

	CREDENTIALS_ORIGINS("credentials.origins", false,
			"Set scheme, host and port of each alone, such as https://files.example."),

	COOKIES_ENABLED("cookies.enabled", false, Remedies.TRUE_OR_FALSE);

	private final String key;

	private final boolean inherited;

	private final String remedy;

	ClientProperty(String key, boolean inherited, String remedy) {
		this.key = key;
		this.inherited = inherited;
		this.remedy = remedy;
	}

	/**
	 * Return the name below the client's prefix.
	 */
	String key() {
		return this.key;
	}

	/**
	 * Whether a named client has the default client's value if it has none.
	 */
	boolean isInherited() {
		return this.inherited;
	}

	/**
	 * Return what to do about a wrong value.
	 * @param property the property's full name
	 */
	String remedy(String property) {
		return this.remedy.formatted(property);
	}

	/**
	 * Read the value.
	 * @return the value, or {@code null} if it is not set
	 */
	@Nullable Object get(XhrClientProperties client) {
		return switch (this) {
			case TIMEOUT -> client.getTimeout();
			case SHUTDOWN_TIMEOUT -> client.getShutdownTimeout();
			case CONNECT_TIMEOUT -> client.getConnectTimeout();
			case READ_TIMEOUT -> client.getReadTimeout();
			case MAX_CONNECTIONS -> client.getPool().getMaxConnections();
			case PENDING_LIMIT -> client.getPool().getPendingLimit();
			case PENDING_TIMEOUT -> client.getPool().getPendingTimeout();
			case MAX_IDLE_TIME -> client.getPool().getMaxIdleTime();
			case MAX_LIFE_TIME -> client.getPool().getMaxLifeTime();
			case EVICTION_INTERVAL -> client.getPool().getEvictionInterval();
			case MAX_RESPONSE_SIZE -> client.getMaxResponseSize();
			case MAX_REDIRECTS -> client.getMaxRedirects();
			case SYNCHRONOUS -> client.getSynchronous();
			case COMPRESSION -> client.getCompression();
			case HTTP2 -> client.getHttp2();
			case USER_AGENT -> client.getUserAgent();
			case PROGRESS_INTERVAL -> client.getProgressInterval();
			case ORIGIN -> client.getOrigin();
			case REFERRER -> client.getReferrer();
			case ALLOW_HTTPS_DOWNGRADE -> client.isAllowHttpsDowngrade();
			case CONFINE_TO_BASE_URL -> client.isConfineToBaseUrl();
			case WITH_CREDENTIALS -> client.isWithCredentials();
			case CREDENTIALS_ORIGINS -> client.getCredentials().getOrigins();
			case COOKIES_ENABLED -> client.getCookies().isEnabled();
		};
	}

	/**
	 * Give a value to the builder, which may complain about it.
	 * @param value what {@link #get} has returned
	 */
	void set(XhrFactoryBuilder builder, Object value) {
		switch (this) {
			case TIMEOUT -> builder.timeout((Duration) value);
			case SHUTDOWN_TIMEOUT -> builder.shutdownTimeout((Duration) value);
			case CONNECT_TIMEOUT -> builder.connectTimeout((Duration) value);
			case READ_TIMEOUT -> builder.readTimeout((Duration) value);
			case MAX_CONNECTIONS -> builder.pool((pool) -> pool.withMaxConnections((Integer) value));
			case PENDING_LIMIT -> builder.pool((pool) -> pool.withPendingLimit((Integer) value));
			case PENDING_TIMEOUT -> builder.pool((pool) -> pool.withPendingTimeout((Duration) value));
			case MAX_IDLE_TIME -> builder.pool((pool) -> pool.withMaxIdleTime((Duration) value));
			case MAX_LIFE_TIME -> builder.pool((pool) -> pool.withMaxLifeTime((Duration) value));
			case EVICTION_INTERVAL -> builder.pool((pool) -> pool.withEvictionInterval((Duration) value));
			case MAX_RESPONSE_SIZE -> builder.maxResponseSize((DataSize) value);
			case MAX_REDIRECTS -> builder.maxRedirects((Integer) value);
			case SYNCHRONOUS -> builder.synchronous((Boolean) value);
			case COMPRESSION -> builder.compression((Boolean) value);
			case HTTP2 -> builder.http2((Boolean) value);
			case USER_AGENT -> builder.userAgent((String) value);
			case PROGRESS_INTERVAL -> builder.progressInterval((Duration) value);
			case ORIGIN -> builder.origin((String) value);
			case REFERRER -> builder.referrer((String) value);
			case ALLOW_HTTPS_DOWNGRADE -> builder.allowHttpsDowngrade((Boolean) value);
			case CONFINE_TO_BASE_URL -> builder.confineToBaseUrl((Boolean) value);
			case WITH_CREDENTIALS -> builder.withCredentials((Boolean) value);
			case CREDENTIALS_ORIGINS -> addOrigins(builder, (List<?>) value);
			case COOKIES_ENABLED -> keepCookies(builder, (Boolean) value);
		}
	}

	private static void addOrigins(XhrFactoryBuilder builder, List<?> origins) {
		for (Object origin : origins) {
			builder.credentialsOrigin((String) origin);
		}
	}

	/**
	 * Give the client a store that no other client has.
	 */
	private static void keepCookies(XhrFactoryBuilder builder, boolean enabled) {
		if (enabled) {
			builder.cookieStore(new InMemoryCookieStore());
		}
	}

	/**
	 * Make of a wrong value what may be shown of it.
	 */
	@Nullable String shown(Object value) {
		return switch (this) {
			case USER_AGENT, CREDENTIALS_ORIGINS -> null;
			case ORIGIN, REFERRER -> redact((String) value);
			default -> (value instanceof Duration duration) ? DurationStyle.SIMPLE.print(duration) : value.toString();
		};
	}

	/**
	 * Show a URL without what may be a secret, or not at all.
	 */
	static @Nullable String redact(String url) {
		Url parsed = Url.parse(url, null);
		if (parsed != null && parsed.isHttp()) {
			return parsed.redacted();
		}
		return (url.indexOf('@') < 0) ? url.split("[?#]", 2)[0] : null;
	}

	/** What several of them say. */
	private static final class Remedies {

		static final String TRUE_OR_FALSE = "Set true or false.";

		static final String POOL_TIME = "Set a duration such as 5s, or 0 if there is to be none.";

	}

}
