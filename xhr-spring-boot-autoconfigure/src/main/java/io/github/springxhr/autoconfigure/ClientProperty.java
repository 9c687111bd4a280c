package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.http.Url;
import io.github.springxhr.webclient.PoolSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * A property that goes to a client's builder by itself. One that makes sense only
 * together with another is left to {@link ClientConfigurer}, as are contradictions.
 * <p>
 * Inherited is what limits a client. What tells whom it talks to, what it has of its own,
 * and what weakens it has to be said for it.
 *
 * @param name the name below the client's prefix
 * @param inherited whether a named client has the default client's value if it has none
 * @param getter reads the value, {@code null} if it is not set
 * @param setter gives it to the builder, which may complain about it
 * @param shown makes of a wrong value what may be shown of it
 * @param remedy what to do about a wrong value; {@code %s} is the property's full name
 * @param <T> the type of the value
 */
record ClientProperty<T>(String name, boolean inherited, Function<XhrClientProperties, @Nullable T> getter,
		BiConsumer<XhrFactoryBuilder, T> setter, Function<T, @Nullable String> shown, String remedy) {

	private static final String TRUE_OR_FALSE = "Set true or false.";

	/** In the order in which they are checked. */
	static final List<ClientProperty<?>> ALL = List.of(
			duration("timeout", XhrClientProperties::getTimeout, XhrFactoryBuilder::timeout,
					"Set a duration such as 5s, or 0 if there is to be no limit."),
			duration("shutdown-timeout", XhrClientProperties::getShutdownTimeout, XhrFactoryBuilder::shutdownTimeout,
					"Set a duration such as 5s, or 0 if requests are to be aborted at once."),
			duration("connect-timeout", XhrClientProperties::getConnectTimeout, XhrFactoryBuilder::connectTimeout,
					"Set '%s' to 1ms or more, such as 2s."),
			duration("read-timeout", XhrClientProperties::getReadTimeout, XhrFactoryBuilder::readTimeout,
					"Set '%s' to a duration such as 5s, or 0 if there is to be no limit."),
			pool("max-connections", XhrPoolProperties::getMaxConnections, PoolSettings::withMaxConnections,
					String::valueOf, "Set a number of at least 1."),
			pool("pending-limit", XhrPoolProperties::getPendingLimit, PoolSettings::withPendingLimit, String::valueOf,
					"Set a number of at least 0, which lets no request wait."),
			poolTime("pending-timeout", XhrPoolProperties::getPendingTimeout, PoolSettings::withPendingTimeout),
			poolTime("max-idle-time", XhrPoolProperties::getMaxIdleTime, PoolSettings::withMaxIdleTime),
			poolTime("max-life-time", XhrPoolProperties::getMaxLifeTime, PoolSettings::withMaxLifeTime),
			poolTime("eviction-interval", XhrPoolProperties::getEvictionInterval, PoolSettings::withEvictionInterval),
			inherited("max-response-size", XhrClientProperties::getMaxResponseSize, XhrFactoryBuilder::maxResponseSize,
					DataSize::toString, "Set a size of at least 1B and less than 2GB, such as 16MB."),
			inherited("max-redirects", XhrClientProperties::getMaxRedirects, XhrFactoryBuilder::maxRedirects,
					String::valueOf, "Set a number from 0, which follows none, to 20."),
			inherited("synchronous", XhrClientProperties::getSynchronous, XhrFactoryBuilder::synchronous,
					String::valueOf, TRUE_OR_FALSE),
			inherited("compression", XhrClientProperties::getCompression, XhrFactoryBuilder::compression,
					String::valueOf, TRUE_OR_FALSE),
			inherited("http2", XhrClientProperties::getHttp2, XhrFactoryBuilder::http2, String::valueOf, TRUE_OR_FALSE),
			inherited("user-agent", XhrClientProperties::getUserAgent, XhrFactoryBuilder::userAgent, (value) -> null,
					"Set printable characters up to U+00FF, such as checkout/1.0."),
			duration("progress-interval", XhrClientProperties::getProgressInterval, XhrFactoryBuilder::progressInterval,
					"Set a duration such as 50ms, or 0 for an event with each chunk."),
			url("origin", XhrClientProperties::getOrigin, XhrFactoryBuilder::origin,
					"Set scheme, host and port alone, such as https://shop.example, or the word null, in quotes."),
			url("referrer", XhrClientProperties::getReferrer, XhrFactoryBuilder::referrer,
					"Set an absolute URL of scheme http or https, such as https://shop.example/basket."),
			own("allow-https-downgrade", XhrClientProperties::isAllowHttpsDowngrade,
					XhrFactoryBuilder::allowHttpsDowngrade),
			own("confine-to-base-url", XhrClientProperties::isConfineToBaseUrl, XhrFactoryBuilder::confineToBaseUrl),
			own("with-credentials", XhrClientProperties::isWithCredentials, XhrFactoryBuilder::withCredentials),
			new ClientProperty<>("credentials.origins", false, (client) -> client.getCredentials().getOrigins(),
					(builder, origins) -> origins.forEach(builder::credentialsOrigin), (origins) -> null,
					"Set scheme, host and port of each alone, such as https://files.example."),
			own("cookies.enabled", (client) -> client.getCookies().isEnabled(), ClientProperty::keepCookies));

	private static ClientProperty<Duration> duration(String name,
			Function<XhrClientProperties, @Nullable Duration> getter, BiConsumer<XhrFactoryBuilder, Duration> setter,
			String remedy) {
		return inherited(name, getter, setter, DurationStyle.SIMPLE::print, remedy);
	}

	private static <T> ClientProperty<T> inherited(String name, Function<XhrClientProperties, @Nullable T> getter,
			BiConsumer<XhrFactoryBuilder, T> setter, Function<T, @Nullable String> shown, String remedy) {
		return new ClientProperty<>(name, true, getter, setter, shown, remedy);
	}

	private static ClientProperty<Duration> poolTime(String name,
			Function<XhrPoolProperties, @Nullable Duration> getter,
			BiFunction<PoolSettings, Duration, PoolSettings> setter) {
		return pool(name, getter, setter, DurationStyle.SIMPLE::print,
				"Set a duration such as 5s, or 0 if there is to be none.");
	}

	private static <T> ClientProperty<T> pool(String name, Function<XhrPoolProperties, @Nullable T> getter,
			BiFunction<PoolSettings, T, PoolSettings> setter, Function<T, @Nullable String> shown, String remedy) {
		return inherited("pool." + name, (client) -> getter.apply(client.getPool()),
				(builder, value) -> builder.pool((pool) -> setter.apply(pool, value)), shown, remedy);
	}

	private static ClientProperty<String> url(String name, Function<XhrClientProperties, @Nullable String> getter,
			BiConsumer<XhrFactoryBuilder, String> setter, String remedy) {
		return new ClientProperty<>(name, false, getter, setter, ClientProperty::redact, remedy);
	}

	private static ClientProperty<Boolean> own(String name, Function<XhrClientProperties, @Nullable Boolean> getter,
			BiConsumer<XhrFactoryBuilder, Boolean> setter) {
		return new ClientProperty<>(name, false, getter, setter, String::valueOf, TRUE_OR_FALSE);
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
	 * Show a URL without what may be a secret, or not at all.
	 */
	static @Nullable String redact(String url) {
		Url parsed = Url.parse(url, null);
		if (parsed != null && parsed.isHttp()) {
			return parsed.redacted();
		}
		return (url.indexOf('@') < 0) ? url.split("[?#]", 2)[0] : null;
	}

}
