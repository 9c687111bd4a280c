package io.github.springxhr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

import io.github.springxhr.fetch.FetchSettings;
import io.github.springxhr.fetch.FetchSettings.Configured;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a factory as they are in force, wherever they come from. Holds no
 * secrets: header values, user names, passwords and tokens never get in.
 *
 * @param baseUrl without query, or {@code null}
 * @param origin the origin in whose name requests are made, or {@code null}
 * @param userAgent the value of {@code User-Agent}
 * @param withCredentials whether requests go with credentials to other origins
 * @param progressInterval the shortest time between two progress events of one object
 * @param timeout the initial timeout of the requests, zero for none
 * @param network what the built-in transport was told, or {@code null} with another one
 * @param maxResponseSize bytes
 * @param maxRedirects how many redirects are followed
 * @param httpsDowngrade whether a redirect may lead from https to http
 * @param confined whether only the base URL's origin may be fetched
 * @param compression whether compressed responses are asked for
 * @param synchronous whether requests may be synchronous
 * @param headerNames the configured headers, in lower case
 * @param credentials {@code "basic"}, {@code "bearer"}, {@code "other"}, {@code "none"},
 * or what their provider calls itself
 * @param cookies whether cookies are kept
 * @param eventExecution {@code "worker"} for the shared threads, {@code "direct"} for the
 * I/O thread, {@code "executor"} for one of the application's
 * @param shutdownTimeout how long closing waits for the requests in flight
 * @since 0.1.0
 */
@Internal
public record XhrClientDescription(@Nullable String baseUrl, @Nullable String origin, String userAgent,
		boolean withCredentials, Duration progressInterval, Duration timeout, @Nullable Network network,
		long maxResponseSize, int maxRedirects, boolean httpsDowngrade, boolean confined, boolean compression,
		boolean synchronous, List<String> headerNames, String credentials, boolean cookies, String eventExecution,
		Duration shutdownTimeout) {

	static XhrClientDescription of(XhrEnvironment environment, FetchSettings settings, @Nullable Network network,
			int shutdownTimeout) {
		FetchSettings.Site site = settings.site();
		FetchSettings.Rules rules = settings.rules();
		return new XhrClientDescription((site.baseUrl() != null) ? site.baseUrl().redacted() : null,
				(site.origin() != null) ? site.origin().toString() : null, settings.configured().userAgent(),
				environment.withCredentials(), Duration.ofNanos(environment.progressInterval()),
				Duration.ofMillis(environment.timeout()), network, rules.maxResponseSize(), rules.maxRedirects(),
				rules.httpsDowngrade(), rules.confined(), rules.contentCoding(), environment.synchronousAllowed(),
				headerNames(settings.configured()), credentials(settings.configured()), settings.cookies() != null,
				eventExecution(environment), Duration.ofMillis(shutdownTimeout));
	}

	private static List<String> headerNames(Configured configured) {
		List<String> names = new ArrayList<>();
		HeaderList headers = configured.headers();
		headers.forEach((name, value) -> names.add(name.toLowerCase(Locale.ROOT)));
		if (configured.cookie() != null) {
			names.add("cookie");
		}
		return names.stream().distinct().sorted().toList();
	}

	private static String credentials(Configured configured) {
		if (configured.authorizationProvider() != null) {
			return configured.authorizationProvider().description();
		}
		String authorization = configured.authorization();
		if (authorization == null) {
			return "none";
		}
		String scheme = authorization.split(" ", 2)[0].toLowerCase(Locale.ROOT);
		return (scheme.equals("basic") || scheme.equals("bearer")) ? scheme : "other";
	}

	private static String eventExecution(XhrEnvironment environment) {
		Executor handOver = environment.handOver();
		if (environment.eventExecutor() != handOver) {
			return "direct";
		}
		return (handOver instanceof SharedThreads) ? "worker" : "executor";
	}

	/**
	 * What the built-in transport was told.
	 *
	 * @param connectTimeout how long connecting may take
	 * @param readTimeout how long a server may be silent, zero for no limit
	 * @param http2 whether HTTP/2 is used with servers that have it
	 * @param pool the connection pool
	 * @param proxy what connections go through, or {@code null} for nothing
	 * @param tls {@code "configured"}, or {@code "default"} for the JVM's trust and no
	 * client certificate
	 */
	public record Network(Duration connectTimeout, Duration readTimeout, boolean http2, Pool pool,
			@Nullable Proxy proxy, String tls) {

	}

	/**
	 * A connection pool. Zero means no limit.
	 *
	 * @param maxConnections how many connections there may be to one host and port
	 * @param pendingLimit how many requests may wait for one
	 * @param pendingTimeout how long they may
	 * @param maxIdleTime how long a connection may be unused
	 * @param maxLifeTime how old it may become
	 * @param evictionInterval how often such connections are looked for
	 */
	public record Pool(int maxConnections, int pendingLimit, Duration pendingTimeout, Duration maxIdleTime,
			Duration maxLifeTime, Duration evictionInterval) {

	}

	/**
	 * A proxy, without its user.
	 *
	 * @param type what it speaks: {@code "http"}, {@code "socks4"} or {@code "socks5"}
	 * @param host its name or address
	 * @param port its port
	 */
	public record Proxy(String type, String host, int port) {

	}

}
