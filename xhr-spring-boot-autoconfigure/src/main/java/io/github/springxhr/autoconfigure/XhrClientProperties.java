package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of one client. What is {@code null} is not set, and may be
 * inherited.
 *
 * @since 0.1.0
 */
public class XhrClientProperties {

	/**
	 * Absolute URL that relative ones are resolved against. Headers and credentials are
	 * sent to its origin only. Not inherited by named clients.
	 */
	private @Nullable String baseUrl;

	/**
	 * Origin in whose name requests are made, such as https://shop.example, or null in
	 * quotes for an opaque one. With it, the rules of a browser apply in full, CORS
	 * included. Not inherited by named clients.
	 */
	private @Nullable String origin;

	/**
	 * URL of the page in whose name requests are made, sent as Referer. It needs an
	 * origin. Not inherited by named clients.
	 */
	private @Nullable String referrer;

	/**
	 * Whether the host of the base URL is the name of a service, of which Spring Cloud
	 * LoadBalancer chooses an instance for each request. A base URL of scheme lb says so
	 * itself. Not inherited by named clients.
	 */
	private boolean loadBalanced;

	/**
	 * Value of User-Agent, sent unless the author of a request sets another.
	 */
	private @Nullable String userAgent;

	/**
	 * Whether requests go with credentials to other origins, unless they say otherwise.
	 * Not inherited by named clients.
	 */
	private boolean withCredentials;

	/**
	 * Shortest time between two progress events of an object. Zero means one with each
	 * chunk.
	 */
	private @Nullable Duration progressInterval;

	/**
	 * Time that a request may take, from send() to the last byte of the response. Zero
	 * means that there is no limit.
	 */
	private @Nullable Duration timeout;

	/**
	 * Time that connecting may take, at least one millisecond.
	 */
	private @Nullable Duration connectTimeout;

	/**
	 * Time that a server may be silent. Zero means that there is no limit.
	 */
	private @Nullable Duration readTimeout;

	/**
	 * Size that the body of a response may have, less than 2 GB.
	 */
	private @Nullable DataSize maxResponseSize;

	/**
	 * Number of redirects that are followed, from 0 to 20.
	 */
	private @Nullable Integer maxRedirects;

	/**
	 * Whether a redirect may lead from https to http, where anyone on the way can read
	 * what is sent. Not inherited by named clients.
	 */
	private boolean allowHttpsDowngrade;

	/**
	 * Whether nothing but the origin of the base URL may be fetched, be it by an absolute
	 * URL or by a redirect. Not inherited by named clients.
	 */
	private boolean confineToBaseUrl;

	/**
	 * Whether to ask for compressed responses. One that is compressed unasked is decoded
	 * in any case.
	 */
	private @Nullable Boolean compression;

	/**
	 * Whether to use HTTP/2 with servers that can. Others are talked to in HTTP/1.1.
	 */
	private @Nullable Boolean http2;

	/**
	 * Time that requests in flight have to end when the application stops, before they
	 * are aborted. Background requests are aborted at once.
	 */
	private @Nullable Duration shutdownTimeout;

	/**
	 * Whether requests may be synchronous. One that may not fails with a NetworkError.
	 */
	private @Nullable Boolean synchronous;

	/**
	 * Thread that fires the events that come from the network: a worker, or directly the
	 * one of the connection, which no listener may block.
	 */
	private @Nullable EventExecution eventExecution;

	/**
	 * Name of the bean of type Executor that fires events instead of the workers.
	 */
	private @Nullable String eventExecutor;

	/**
	 * Headers to send to the origin of the base URL. Not inherited by named clients.
	 */
	private final Map<String, String> headers = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final XhrCredentialsProperties credentials = new XhrCredentialsProperties();

	@NestedConfigurationProperty
	private final XhrPoolProperties pool = new XhrPoolProperties();

	@NestedConfigurationProperty
	private final XhrProxyProperties proxy = new XhrProxyProperties();

	@NestedConfigurationProperty
	private final XhrSslProperties ssl = new XhrSslProperties();

	private final Cookies cookies = new Cookies();

	private final Metrics metrics = new Metrics();

	public @Nullable String getBaseUrl() {
		return this.baseUrl;
	}

	public void setBaseUrl(@Nullable String baseUrl) {
		this.baseUrl = baseUrl;
	}

	public @Nullable String getOrigin() {
		return this.origin;
	}

	public void setOrigin(@Nullable String origin) {
		this.origin = origin;
	}

	public @Nullable String getReferrer() {
		return this.referrer;
	}

	public void setReferrer(@Nullable String referrer) {
		this.referrer = referrer;
	}

	public boolean isLoadBalanced() {
		return this.loadBalanced;
	}

	public void setLoadBalanced(boolean loadBalanced) {
		this.loadBalanced = loadBalanced;
	}

	public @Nullable String getUserAgent() {
		return this.userAgent;
	}

	public void setUserAgent(@Nullable String userAgent) {
		this.userAgent = userAgent;
	}

	public boolean isWithCredentials() {
		return this.withCredentials;
	}

	public void setWithCredentials(boolean withCredentials) {
		this.withCredentials = withCredentials;
	}

	public @Nullable Duration getProgressInterval() {
		return this.progressInterval;
	}

	public void setProgressInterval(@Nullable Duration progressInterval) {
		this.progressInterval = progressInterval;
	}

	public @Nullable Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(@Nullable Duration timeout) {
		this.timeout = timeout;
	}

	public @Nullable Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(@Nullable Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public @Nullable Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(@Nullable Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public @Nullable DataSize getMaxResponseSize() {
		return this.maxResponseSize;
	}

	public void setMaxResponseSize(@Nullable DataSize maxResponseSize) {
		this.maxResponseSize = maxResponseSize;
	}

	public @Nullable Integer getMaxRedirects() {
		return this.maxRedirects;
	}

	public void setMaxRedirects(@Nullable Integer maxRedirects) {
		this.maxRedirects = maxRedirects;
	}

	public boolean isAllowHttpsDowngrade() {
		return this.allowHttpsDowngrade;
	}

	public void setAllowHttpsDowngrade(boolean allowHttpsDowngrade) {
		this.allowHttpsDowngrade = allowHttpsDowngrade;
	}

	public boolean isConfineToBaseUrl() {
		return this.confineToBaseUrl;
	}

	public void setConfineToBaseUrl(boolean confineToBaseUrl) {
		this.confineToBaseUrl = confineToBaseUrl;
	}

	public @Nullable Boolean getCompression() {
		return this.compression;
	}

	public void setCompression(@Nullable Boolean compression) {
		this.compression = compression;
	}

	public @Nullable Boolean getHttp2() {
		return this.http2;
	}

	public void setHttp2(@Nullable Boolean http2) {
		this.http2 = http2;
	}

	public @Nullable Duration getShutdownTimeout() {
		return this.shutdownTimeout;
	}

	public void setShutdownTimeout(@Nullable Duration shutdownTimeout) {
		this.shutdownTimeout = shutdownTimeout;
	}

	public @Nullable Boolean getSynchronous() {
		return this.synchronous;
	}

	public void setSynchronous(@Nullable Boolean synchronous) {
		this.synchronous = synchronous;
	}

	public @Nullable EventExecution getEventExecution() {
		return this.eventExecution;
	}

	public void setEventExecution(@Nullable EventExecution eventExecution) {
		this.eventExecution = eventExecution;
	}

	public @Nullable String getEventExecutor() {
		return this.eventExecutor;
	}

	public void setEventExecutor(@Nullable String eventExecutor) {
		this.eventExecutor = eventExecutor;
	}

	public Map<String, String> getHeaders() {
		return this.headers;
	}

	public XhrCredentialsProperties getCredentials() {
		return this.credentials;
	}

	public XhrPoolProperties getPool() {
		return this.pool;
	}

	public XhrProxyProperties getProxy() {
		return this.proxy;
	}

	public XhrSslProperties getSsl() {
		return this.ssl;
	}

	public Cookies getCookies() {
		return this.cookies;
	}

	public Metrics getMetrics() {
		return this.metrics;
	}

	/**
	 * Cookies.
	 */
	public static class Cookies {

		/**
		 * Whether to keep cookies, apart from those of other clients: in memory, or in
		 * the client's bean of type CookieStore. Not inherited by named clients.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Metrics.
	 */
	public static class Metrics {

		/**
		 * Whether requests are measured: all meters and the observation of this starter.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Whether WebClient's own observation, http.client.requests, is made too, for
		 * each hop. Without it, no trace headers are sent.
		 */
		private @Nullable Boolean httpClientRequests;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Boolean getHttpClientRequests() {
			return this.httpClientRequests;
		}

		public void setHttpClientRequests(@Nullable Boolean httpClientRequests) {
			this.httpClientRequests = httpClientRequests;
		}

	}

}
