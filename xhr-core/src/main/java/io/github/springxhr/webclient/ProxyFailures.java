package io.github.springxhr.webclient;

import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.proxy.ProxyConnectException;

/**
 * Says in words what went wrong at a proxy.
 */
final class ProxyFailures {

	private static final Pattern HTTP_STATUS = Pattern.compile("status: (\\d{3})\\b");

	private static final String UNAUTHENTICATED = "407";

	private ProxyFailures() {
	}

	static String message(ProxyConnectException failure) {
		if (failure.getCause() instanceof UnknownHostException) {
			return "the proxy's host name could not be resolved";
		}
		String text = String.valueOf(failure.getMessage());
		Matcher status = HTTP_STATUS.matcher(text);
		if (status.find()) {
			return status.group(1).equals(UNAUTHENTICATED)
					? "the proxy wants a user name and password, or other ones (status 407)"
					: "the proxy refused to connect (status " + status.group(1) + ")";
		}
		if (text.contains("authStatus:") || text.contains("unexpected authMethod")) {
			return "the proxy wants a user name and password, or other ones";
		}
		return text.endsWith("timeout") ? "the proxy took too long to connect" : "the proxy did not connect";
	}

}
