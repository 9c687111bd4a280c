package io.github.springxhr;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.github.springxhr.cookie.CookieJar;
import io.github.springxhr.cookie.CookieStore;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.cookie.PublicSuffixes;
import io.github.springxhr.fetch.AuthenticationCache;
import io.github.springxhr.fetch.AuthorizationProvider;
import io.github.springxhr.fetch.FetchSettings;
import io.github.springxhr.fetch.Fetcher;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.fetch.PreflightCache;
import io.github.springxhr.http.BasicCredentials;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Origin;
import io.github.springxhr.http.Url;
import io.github.springxhr.webclient.BuilderDefaults;
import io.github.springxhr.webclient.PoolSettings;
import io.github.springxhr.webclient.ProxySettings;
import io.github.springxhr.webclient.ReloadableTls;
import io.github.springxhr.webclient.TlsSettings;
import io.github.springxhr.webclient.TransportSettings;
import io.github.springxhr.webclient.WebClientTransport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Builds an {@link XhrFactory}.
 *
 * @since 0.1.0
 */
public final class XhrFactoryBuilder {

	private static final Log logger = LogFactory.getLog(XhrFactory.class);

	/** As in a browser. */
	private static final int MAX_REDIRECTS = 20;

	private static final DataSize MAX_RESPONSE_SIZE = DataSize.ofMegabytes(64);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

	private final WebClient.Builder webClientBuilder;

	private final HeaderList headers = new HeaderList();

	private final List<XhrListener.Factory> listeners = new ArrayList<>();

	private String name = "default";

	private @Nullable Url baseUrl;

	private int timeout;

	private int shutdownTimeout;

	private Duration connectTimeout = CONNECT_TIMEOUT;

	private Duration readTimeout = Duration.ZERO;

	private PoolSettings pool = PoolSettings.defaults();

	private @Nullable ProxySettings proxy;

	private @Nullable ReloadableTls tls;

	private boolean http2;

	private @Nullable Predicate<InetAddress> addressFilter;

	private long maxResponseSize = MAX_RESPONSE_SIZE.toBytes();

	private @Nullable String authorization;

	private @Nullable AuthorizationProvider authorizationProvider;

	private final Set<Origin> credentialsOrigins = new LinkedHashSet<>();

	private String userAgent = "XHR-for-Spring";

	private boolean withCredentials;

	/** By the standard, roughly 50 ms. */
	private long progressInterval = TimeUnit.MILLISECONDS.toNanos(50);

	private @Nullable Executor eventExecutor;

	private boolean directEvents;

	private boolean synchronous = true;

	private @Nullable Origin origin;

	private @Nullable Url referrer;

	private int maxRedirects = MAX_REDIRECTS;

	private boolean httpsDowngrade;

	private boolean confined;

	private boolean compression = true;

	private @Nullable CookieStore cookieStore;

	private @Nullable JsonMapper jsonMapper;

	private @Nullable NetworkTransport transport;

	private @Nullable Timers timers;

	XhrFactoryBuilder(WebClient.Builder webClientBuilder) {
		Assert.notNull(webClientBuilder, "webClientBuilder must not be null");
		this.webClientBuilder = webClientBuilder;
	}

	/**
	 * Set the name, which metrics are tagged with.
	 * @param name the name; {@code "default"} unless set
	 * @return this builder
	 */
	public XhrFactoryBuilder name(String name) {
		Assert.hasText(name, "name must not be empty");
		this.name = name;
		return this;
	}

	/**
	 * Set what relative URLs are resolved against. Its origin is the client's own, which
	 * alone sees its headers and credentials.
	 * @param baseUrl an absolute URL of scheme http or https without user name, password
	 * and fragment
	 * @return this builder
	 * @throws IllegalArgumentException if it is anything else
	 */
	public XhrFactoryBuilder baseUrl(String baseUrl) {
		Assert.notNull(baseUrl, "base-url must not be null");
		Url parsed = Url.parse(baseUrl, null);
		Assert.isTrue(parsed != null && parsed.isHttp(), "base-url must be an absolute http or https URL");
		Assert.isTrue(!parsed.includesCredentials(),
				"base-url must not contain a user name or password; set credentials instead");
		Assert.isTrue(parsed.fragment() == null, "base-url must not have a fragment");
		this.baseUrl = parsed;
		return this;
	}

	/**
	 * Set the origin in whose name requests are made. With it, the rules of a browser
	 * apply in full: other origins have to let it in by CORS, and headers are forbidden,
	 * added and hidden as in a browser. Without it, the client is a trusted server-side
	 * caller, to which no same-origin policy applies.
	 * @param origin scheme, host and port such as {@code "https://shop.example"}, or
	 * {@code "null"} for an opaque origin
	 * @return this builder
	 * @throws IllegalArgumentException if it is anything else
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/browsers.html#concept-origin">HTML
	 * Standard, origin</a>
	 */
	public XhrFactoryBuilder origin(String origin) {
		Assert.notNull(origin, "origin must not be null");
		Origin parsed = Origin.parse(origin);
		Assert.isTrue(parsed != null,
				"origin must be a scheme, host and port, such as https://shop.example, or the word null");
		this.origin = parsed;
		return this;
	}

	/**
	 * Set the URL of the page in whose name requests are made. It is sent as
	 * {@code Referer}: in full to its own origin, as its origin to others, and not at all
	 * from https to http.
	 * @param referrer an absolute http or https URL; it needs an {@link #origin(String)}
	 * @return this builder
	 * @throws IllegalArgumentException if it is anything else
	 * @see <a href="https://w3c.github.io/webappsec-referrer-policy/">Referrer Policy</a>
	 */
	public XhrFactoryBuilder referrer(String referrer) {
		Assert.notNull(referrer, "referrer must not be null");
		Url parsed = Url.parse(referrer, null);
		Assert.isTrue(parsed != null && parsed.isHttp(), "referrer must be an absolute http or https URL");
		this.referrer = parsed;
		return this;
	}

	/**
	 * Set how many redirects are followed.
	 * @param maxRedirects 0 to 20; 20 unless set. One more is a network error
	 * @return this builder
	 * @throws IllegalArgumentException if it is out of range
	 */
	public XhrFactoryBuilder maxRedirects(int maxRedirects) {
		Assert.isTrue(maxRedirects >= 0 && maxRedirects <= MAX_REDIRECTS,
				"max-redirects must be 0 to " + MAX_REDIRECTS);
		this.maxRedirects = maxRedirects;
		return this;
	}

	/**
	 * Set whether a redirect may lead from https to http.
	 * @param allowHttpsDowngrade {@code false} unless set: what was meant to be secret
	 * would go on in the clear
	 * @return this builder
	 */
	public XhrFactoryBuilder allowHttpsDowngrade(boolean allowHttpsDowngrade) {
		this.httpsDowngrade = allowHttpsDowngrade;
		return this;
	}

	/**
	 * Set whether only the base URL's origin may be fetched, on any hop, and no
	 * {@code data:} URL. Whatever URL comes from outside can then not lead anywhere else.
	 * @param confineToBaseUrl {@code false} unless set
	 * @return this builder
	 */
	public XhrFactoryBuilder confineToBaseUrl(boolean confineToBaseUrl) {
		this.confined = confineToBaseUrl;
		return this;
	}

	/**
	 * Set whether responses may be compressed. Responses that are compressed without
	 * having been asked for it are decoded in any case.
	 * @param compression {@code true} unless set
	 * @return this builder
	 */
	public XhrFactoryBuilder compression(boolean compression) {
		this.compression = compression;
		return this;
	}

	/**
	 * Keep cookies, which are not kept otherwise.
	 * @param cookieStore where to
	 * @return this builder
	 */
	public XhrFactoryBuilder cookieStore(CookieStore cookieStore) {
		Assert.notNull(cookieStore, "cookieStore must not be null");
		this.cookieStore = cookieStore;
		return this;
	}

	/**
	 * Set the value of {@code User-Agent}, which is sent with every request whose author
	 * sets none, preflights included.
	 * @param userAgent the value; {@code "XHR-for-Spring"} unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is empty or no header value
	 */
	public XhrFactoryBuilder userAgent(String userAgent) {
		String normalized = HttpRules.normalizeHeaderValue(userAgent);
		Assert.isTrue(!normalized.isEmpty() && HttpRules.isHeaderValue(normalized) && !HttpRules.hasControl(normalized),
				"user-agent must not be empty or have a control character or one above U+00FF");
		this.userAgent = normalized;
		return this;
	}

	/**
	 * Set whether requests go with credentials to other origins, unless they say
	 * otherwise.
	 * @param withCredentials the initial value of
	 * {@link XMLHttpRequest#isWithCredentials()}; {@code false} unless set
	 * @return this builder
	 */
	public XhrFactoryBuilder withCredentials(boolean withCredentials) {
		this.withCredentials = withCredentials;
		return this;
	}

	/**
	 * Set how often progress is told.
	 * @param progressInterval the shortest time between two {@code progress} events of
	 * one object; 50 ms unless set, and 0 for one with each chunk
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative or above
	 * {@link Integer#MAX_VALUE} milliseconds
	 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">send(), "roughly
	 * 50ms"</a>
	 */
	public XhrFactoryBuilder progressInterval(Duration progressInterval) {
		this.progressInterval = TimeUnit.MILLISECONDS.toNanos(toMillis(progressInterval, "progress-interval"));
		return this;
	}

	/**
	 * Set the initial timeout of the requests.
	 * @param timeout from {@code send()} to the last byte; zero, the default, for none
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative or above
	 * {@link Integer#MAX_VALUE} milliseconds
	 */
	public XhrFactoryBuilder timeout(Duration timeout) {
		this.timeout = toMillis(timeout, "timeout");
		return this;
	}

	/**
	 * Set how long connecting may take.
	 * @param connectTimeout 1 ms or more; 10 seconds unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is less, or above {@link Integer#MAX_VALUE}
	 * milliseconds
	 */
	public XhrFactoryBuilder connectTimeout(Duration connectTimeout) {
		int millis = toMillis(connectTimeout, "connect-timeout");
		Assert.isTrue(millis > 0, "connect-timeout must be positive");
		this.connectTimeout = Duration.ofMillis(millis);
		return this;
	}

	/**
	 * Set how long a server may be silent, from the end of the request to the first byte
	 * of the response, and from then on between bytes (with HTTP/2, frames). A request
	 * whose server is silent for longer fails with
	 * {@link io.github.springxhr.http.FailureKind#READ_TIMEOUT}. The one response during
	 * which a connection without TLS is upgraded to HTTP/2 is not watched after the
	 * upgrade. Time in which the caller does not take what has arrived does not count. A
	 * response that keeps trickling is ended by {@link #timeout(Duration)} only.
	 * @param readTimeout 1 ms or more; zero, the default, for no limit
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative or above
	 * {@link Integer#MAX_VALUE} milliseconds
	 */
	public XhrFactoryBuilder readTimeout(Duration readTimeout) {
		this.readTimeout = Duration.ofMillis(toMillis(readTimeout, "read-timeout"));
		return this;
	}

	/**
	 * Set how many connections there may be, and for how long. A request that cannot wait
	 * for one any more fails with {@link io.github.springxhr.http.FailureKind#POOL}.
	 * @param pool the settings; {@link PoolSettings#defaults()} unless set
	 * @return this builder
	 * @throws IllegalArgumentException if they are {@code null}
	 */
	public XhrFactoryBuilder pool(PoolSettings pool) {
		Assert.notNull(pool, "pool must not be null");
		this.pool = pool;
		return this;
	}

	/**
	 * Change how many connections there may be, and for how long, and leave the rest of
	 * the pool's settings as they are.
	 * @param change makes new settings of those that are set
	 * @return this builder
	 * @throws IllegalArgumentException if the new settings are out of range
	 */
	public XhrFactoryBuilder pool(UnaryOperator<PoolSettings> change) {
		Assert.notNull(change, "change must not be null");
		return pool(change.apply(this.pool));
	}

	/**
	 * Set the proxy that connections go through. A request that it refuses, or that needs
	 * other credentials, fails with {@link io.github.springxhr.http.FailureKind#CONNECT}.
	 * The connect timeout holds for connecting to the proxy, and again for the proxy's
	 * answer. Names of hosts behind the proxy are resolved by it, so there can be no
	 * {@link #addressFilter(Predicate)}.
	 * @param proxy the settings; no proxy unless set, not even that of system properties
	 * @return this builder
	 * @throws IllegalArgumentException if they are {@code null}
	 */
	public XhrFactoryBuilder proxy(ProxySettings proxy) {
		Assert.notNull(proxy, "proxy must not be null");
		this.proxy = proxy;
		return this;
	}

	/**
	 * Set whom to trust, and what the client proves itself with, over TLS. A request
	 * whose server is not trusted, or does not trust the client, fails with
	 * {@link io.github.springxhr.http.FailureKind#TLS}.
	 * @param tls the settings; the JVM's trust and no client certificate unless set
	 * @return this builder
	 * @throws IllegalArgumentException if they cannot be used, say, for an unknown cipher
	 * suite
	 */
	public XhrFactoryBuilder tls(TlsSettings tls) {
		return tls(new ReloadableTls(tls));
	}

	/**
	 * Set TLS settings that can be replaced while the client is in use.
	 * @param tls the settings; the JVM's trust and no client certificate unless set
	 * @return this builder
	 * @throws IllegalArgumentException if they are {@code null}
	 * @see ReloadableTls#update(TlsSettings)
	 */
	public XhrFactoryBuilder tls(ReloadableTls tls) {
		Assert.notNull(tls, "tls must not be null");
		this.tls = tls;
		return this;
	}

	/**
	 * Set whether to use HTTP/2: over TLS with servers that choose it in the handshake,
	 * without TLS with servers that take the offer to upgrade. Others are talked to in
	 * HTTP/1.1.
	 * @param http2 {@code false} unless set
	 * @return this builder
	 */
	public XhrFactoryBuilder http2(boolean http2) {
		this.http2 = http2;
		return this;
	}

	/**
	 * Set which addresses may be connected to, against forged requests to internal
	 * services. It is asked for each connection, also after a redirect, about the
	 * addresses of a host name as well as an address in the URL. It cannot be used with a
	 * {@link #proxy(ProxySettings)}, which resolves names itself.
	 * @param addressFilter returns {@code true} for an address that is allowed; called on
	 * I/O threads, so it must not block. All are allowed unless set
	 * @return this builder
	 */
	public XhrFactoryBuilder addressFilter(Predicate<InetAddress> addressFilter) {
		Assert.notNull(addressFilter, "addressFilter must not be null");
		this.addressFilter = addressFilter;
		return this;
	}

	/**
	 * Set how long {@link XhrFactory#close()} waits for the requests in flight,
	 * background ones excepted, before it aborts them.
	 * @param shutdownTimeout zero, the default, to abort at once
	 * @return this builder
	 * @throws IllegalArgumentException if it is negative or above
	 * {@link Integer#MAX_VALUE} milliseconds
	 */
	public XhrFactoryBuilder shutdownTimeout(Duration shutdownTimeout) {
		this.shutdownTimeout = toMillis(shutdownTimeout, "shutdown-timeout");
		return this;
	}

	/**
	 * Set how large a response may be.
	 * @param maxResponseSize from 1 byte to just below 2 GiB; 64 MiB unless set
	 * @return this builder
	 * @throws IllegalArgumentException if it is out of range
	 */
	public XhrFactoryBuilder maxResponseSize(DataSize maxResponseSize) {
		Assert.isTrue(maxResponseSize.toBytes() > 0 && maxResponseSize.toBytes() < Integer.MAX_VALUE - 8,
				"max-response-size must be at least 1 byte and less than 2 GiB");
		this.maxResponseSize = maxResponseSize.toBytes();
		return this;
	}

	/**
	 * Add a header to each request to the base URL's origin whose author does not set it.
	 * @param name its name
	 * @param value its value
	 * @return this builder
	 * @throws IllegalArgumentException if the name or the value is malformed, or the
	 * header frames the message
	 */
	public XhrFactoryBuilder header(String name, String value) {
		Assert.isTrue(HttpRules.isHeaderName(name), "headers: a name is not an HTTP token");
		Assert.isTrue(!HttpRules.isFramingHeader(name),
				() -> "headers." + name + " cannot be set, as the client sets it itself");
		String normalized = HttpRules.normalizeHeaderValue(value);
		Assert.isTrue(HttpRules.isHeaderValue(normalized) && !HttpRules.hasControl(normalized),
				() -> "headers." + name + " has a control character or one above U+00FF in its value");
		this.headers.add(name, normalized);
		return this;
	}

	/**
	 * Send a user name and password with each request to the base URL's origin.
	 * @param username the user name, without a colon
	 * @param password the password
	 * @return this builder
	 * @throws IllegalArgumentException if the user name has a colon, or either a control
	 * character
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
	 */
	public XhrFactoryBuilder basicCredentials(String username, String password) {
		Assert.isTrue(username.indexOf(':') < 0, "credentials.basic.username must not contain a colon");
		Assert.isTrue((username + password).chars().noneMatch(Character::isISOControl),
				"credentials.basic must not contain a control character");
		return authorization(BasicCredentials.headerValue(username, password));
	}

	/**
	 * Send a bearer token with each request to the base URL's origin.
	 * @param token the token
	 * @return this builder
	 * @throws IllegalArgumentException if it is empty or has a character that no token
	 * has
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750</a>
	 */
	public XhrFactoryBuilder bearerToken(String token) {
		Assert.isTrue(!token.isEmpty() && token.chars().allMatch((c) -> c > ' ' && c < 0x7F),
				"credentials.bearer.token must consist of visible ASCII characters");
		return authorization("Bearer " + token);
	}

	/**
	 * Ask for the value of {@code Authorization} before each request to the base URL's
	 * origin.
	 * @param provider has the value, such as a token that expires
	 * @return this builder
	 */
	public XhrFactoryBuilder authorizationProvider(AuthorizationProvider provider) {
		Assert.notNull(provider, "provider must not be null");
		requireNoAuthorization();
		this.authorizationProvider = provider;
		return this;
	}

	/**
	 * Let another origin than the base URL's see the configured {@code Authorization}.
	 * @param origin scheme, host and port such as {@code "https://files.example"}
	 * @return this builder
	 * @throws IllegalArgumentException if it is anything else
	 */
	public XhrFactoryBuilder credentialsOrigin(String origin) {
		Origin parsed = Origin.parse(origin);
		Assert.isTrue(parsed != null && !parsed.isOpaque(),
				"credentials.origins must be origins, each a scheme, host and port such as https://files.example");
		this.credentialsOrigins.add(parsed);
		return this;
	}

	private XhrFactoryBuilder authorization(String value) {
		requireNoAuthorization();
		this.authorization = value;
		return this;
	}

	private void requireNoAuthorization() {
		Assert.state(this.authorization == null && this.authorizationProvider == null,
				"credentials can be set once: basic, bearer or a provider");
	}

	/**
	 * Set what fires the events that come from the network. Unless set it is a pool of
	 * threads that all factories share.
	 * @param eventExecutor the executor; a listener may block its thread
	 * @return this builder
	 */
	public XhrFactoryBuilder eventExecutor(Executor eventExecutor) {
		this.eventExecutor = eventExecutor;
		this.directEvents = false;
		return this;
	}

	/**
	 * Fire the events that come from the network on the I/O thread: the fastest way, but
	 * no listener may block. A response that becomes a blob, which may need a file, is
	 * left to a worker once its headers are there.
	 * @return this builder
	 */
	public XhrFactoryBuilder directEvents() {
		this.eventExecutor = null;
		this.directEvents = true;
		return this;
	}

	/**
	 * Follow the requests, for metrics, traces or logs.
	 * @param listener makes a listener for each request
	 * @return this builder
	 */
	public XhrFactoryBuilder listener(XhrListener.Factory listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Replace the transport, which is the application's WebClient otherwise.
	 * @param transport the transport; closed with the factory
	 * @return this builder
	 */
	public XhrFactoryBuilder transport(NetworkTransport transport) {
		this.transport = transport;
		return this;
	}

	/**
	 * Set whether requests may be synchronous. One that may not fails with a
	 * NetworkError, as on a page whose policy forbids it.
	 * @param synchronous {@code true} unless set
	 * @return this builder
	 */
	public XhrFactoryBuilder synchronous(boolean synchronous) {
		this.synchronous = synchronous;
		return this;
	}

	/**
	 * Set what binds JSON to the user's types.
	 * @param jsonMapper the mapper; Jackson's defaults unless set
	 * @return this builder
	 */
	public XhrFactoryBuilder jsonMapper(JsonMapper jsonMapper) {
		this.jsonMapper = jsonMapper;
		return this;
	}

	/** For tests that run in virtual time. */
	XhrFactoryBuilder timers(Timers timers) {
		this.timers = timers;
		return this;
	}

	/**
	 * Build the factory. No connection is opened and no thread started before the first
	 * request.
	 * @return the factory
	 * @throws IllegalStateException if settings contradict each other: headers,
	 * credentials or confinement without a base URL, a referrer without an origin, an
	 * address filter with a proxy
	 */
	public XhrFactory build() {
		WebClient.Builder own = this.webClientBuilder.clone();
		HeaderList configured = configuredHeaders(BuilderDefaults.take(own));
		checkCombinations();
		SharedThreads threads = SharedThreads.acquire();
		Timers clock = (this.timers != null) ? this.timers : threads;
		NetworkTransport network = (this.transport != null) ? this.transport
				: new WebClientTransport(own, new TransportSettings(this.name, this.connectTimeout, this.readTimeout,
						this.http2, this.addressFilter, this.pool, this.proxy, this.tls), !this.listeners.isEmpty());
		FetchSettings settings = fetchSettings(configured, clock);
		Executor executor = (this.eventExecutor != null) ? this.eventExecutor : threads;
		XhrEnvironment environment = new XhrEnvironment(this.name, this.baseUrl, this.timeout, this.withCredentials,
				this.progressInterval, this.origin != null, this.synchronous,
				SingletonSupplier.of(() -> new JsonCodec(this.jsonMapper)), new Fetcher(network, settings), clock,
				this.directEvents ? Runnable::run : executor, executor, List.copyOf(this.listeners),
				RequestLog.of(this.name), new InFlight());
		follow(environment.listeners(), network);
		return new DefaultXhrFactory(environment, network, threads, XhrClientDescription.of(environment, settings,
				(this.transport != null) ? null : describeNetwork(), this.shutdownTimeout));
	}

	private XhrClientDescription.Network describeNetwork() {
		return new XhrClientDescription.Network(this.connectTimeout, this.readTimeout, this.http2,
				new XhrClientDescription.Pool(this.pool.maxConnections(), this.pool.pendingLimit(),
						this.pool.pendingTimeout(), this.pool.maxIdleTime(), this.pool.maxLifeTime(),
						this.pool.evictionInterval()),
				(this.proxy != null) ? new XhrClientDescription.Proxy(this.proxy.type().name().toLowerCase(Locale.ROOT),
						this.proxy.host(), this.proxy.port()) : null,
				(this.tls != null) ? "configured" : "default");
	}

	private void follow(List<XhrListener.Factory> followers, NetworkTransport network) {
		XhrListeners.built(followers, this.name, network);
		if (!followers.isEmpty() && this.cookieStore instanceof InMemoryCookieStore memory) {
			String client = this.name;
			memory.onEviction((count) -> XhrListeners.cookiesEvicted(followers, client, count));
		}
	}

	private void checkCombinations() {
		Assert.state(this.proxy == null || this.addressFilter == null,
				"address-filter cannot be used with a proxy, which resolves the names of the hosts behind it itself");
		Assert.state(this.referrer == null || this.origin != null,
				"referrer needs an origin, without which none is sent");
		if (this.origin != null) {
			this.headers.forEach((name, value) -> Assert.state(!isForbiddenWithAnOrigin(name, value),
					() -> "headers." + name + " cannot be set with an origin, as browsers do not let it be set"));
		}
		Url base = this.baseUrl;
		if (base == null) {
			Assert.state(this.headers.size() == 0, "headers need a base-url, whose origin alone may see them");
			Assert.state(!hasCredentials() || !this.credentialsOrigins.isEmpty(),
					"credentials need a base-url, whose origin alone may see them, or credentials.origins");
			Assert.state(!this.confined, "confine-to-base-url needs a base-url");
		}
		else if (!base.path().endsWith("/")) {
			logger.warn("The base URL of the client '" + this.name + "' does not end with a slash: its last segment, '"
					+ base.path().substring(base.path().lastIndexOf('/') + 1)
					+ "', is replaced when a relative URL is resolved");
		}
	}

	private static boolean isForbiddenWithAnOrigin(String name, String value) {
		return !name.equalsIgnoreCase("Cookie") && HttpRules.isForbiddenRequestHeader(name, value);
	}

	private boolean hasCredentials() {
		return this.authorization != null || this.authorizationProvider != null;
	}

	/**
	 * Join the headers of this builder and those of the WebClient's, which has the lower
	 * rank.
	 */
	private HeaderList configuredHeaders(HeaderList builderHeaders) {
		HeaderList configured = this.headers.copy();
		if (this.baseUrl == null && builderHeaders.size() > 0) {
			logger.warn("The WebClient.Builder's default headers " + builderHeaders + " are not sent by the client '"
					+ this.name + "': it has no base URL, whose origin alone may see them");
			return configured;
		}
		builderHeaders.forEach((header, value) -> {
			if (this.origin != null && isForbiddenWithAnOrigin(header, value)) {
				logger.warn("The WebClient.Builder's default header '" + header + "' is not sent by the client '"
						+ this.name + "': it has an origin, and browsers do not let the header be set");
			}
			else if (!this.headers.contains(header)) {
				configured.add(header, value);
			}
		});
		return configured;
	}

	private FetchSettings fetchSettings(HeaderList headers, Timers clock) {
		PublicSuffixes publicSuffixes = new PublicSuffixes();
		String cookie = headers.contains("Cookie") ? String.join("; ", headers.getAll("Cookie")) : null;
		String authorization = hasCredentials() ? this.authorization : headers.get("Authorization");
		headers.delete("Cookie");
		headers.delete("Authorization");
		Set<Origin> authorizationOrigins = new LinkedHashSet<>(this.credentialsOrigins);
		if (this.baseUrl != null) {
			authorizationOrigins.add(this.baseUrl.origin());
		}
		CookieJar cookies = (this.cookieStore != null)
				? new CookieJar(this.cookieStore, InstantSource.system(), publicSuffixes) : null;
		return new FetchSettings(new FetchSettings.Site(this.baseUrl, this.origin, this.referrer, publicSuffixes),
				new FetchSettings.Configured(headers, cookie, this.userAgent, authorization, this.authorizationProvider,
						Set.copyOf(authorizationOrigins)),
				new FetchSettings.Rules(this.maxRedirects, this.httpsDowngrade, this.confined, this.compression,
						this.maxResponseSize),
				cookies, new PreflightCache(clock::nanoTime), new AuthenticationCache());
	}

	static int toMillis(Duration duration, String what) {
		Assert.notNull(duration, () -> what + " must not be null");
		Assert.isTrue(!duration.isNegative(), () -> what + " must not be negative");
		Assert.isTrue(duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0,
				() -> what + " must be at most " + Integer.MAX_VALUE + " ms");
		return Math.toIntExact(duration.plusNanos(999_999).toMillis());
	}

}
