package io.github.springxhr.benchmarks.faults;

import java.util.function.Function;

import io.github.springxhr.XMLHttpRequest;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * The clients that are compared, and how each is told what all are told.
 */
enum Contestant {

	/** This library. */
	XHR("this client", XMLHttpRequest.class, "`connectTimeout`, `timeout`", "always", "always, and br, zstd",
			"`maxResponseSize`, 64 MiB unless the fault says so", XhrFaultClient::new),

	/** As Spring Boot configures it. */
	WEB_CLIENT("WebClient", WebClient.class,
			"`HttpClientSettings.withTimeouts`, which are `spring.http.clients.connect-timeout` and `read-timeout`",
			"Spring Boot's default", "Spring Boot's default; br and zstd too", "`maxInMemorySize`, 256 KiB likewise",
			WebClientFaultClient::new),

	/** The JDK's. */
	JDK("JDK HttpClient", java.net.http.HttpClient.class, "`connectTimeout`, `HttpRequest.Builder.timeout`",
			"`Redirect.NORMAL`", "has none", "has none", JdkFaultClient::new),

	/** OkHttp. */
	OK_HTTP("OkHttp", OkHttpClient.class, "`connectTimeout`, `callTimeout`", "by default", "gzip, by default",
			"has none", OkHttpFaultClient::new),

	/** Apache HttpClient 5. */
	APACHE("Apache HttpClient 5", HttpClients.class,
			"`ConnectionConfig.setConnectTimeout`, `RequestConfig.setResponseTimeout`", "by default", "by default",
			"has none", ApacheFaultClient::new);

	private final String label;

	private final Class<?> type;

	private final String timeouts;

	private final String redirects;

	private final String codings;

	private final String size;

	private final Function<Limits, FaultClient> maker;

	Contestant(String label, Class<?> type, String timeouts, String redirects, String codings, String size,
			Function<Limits, FaultClient> maker) {
		this.label = label;
		this.type = type;
		this.timeouts = timeouts;
		this.redirects = redirects;
		this.codings = codings;
		this.size = size;
		this.maker = maker;
	}

	String label() {
		return this.label;
	}

	/** Names the archive it is in, which has its version. */
	Class<?> type() {
		return this.type;
	}

	String settings() {
		return "| " + this.label + " | " + this.timeouts + " | " + this.redirects + " | " + this.codings + " | "
				+ this.size + " |";
	}

	FaultClient create(Limits limits) {
		return this.maker.apply(limits);
	}

}
