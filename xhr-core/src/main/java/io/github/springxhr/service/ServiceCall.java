package io.github.springxhr.service;

import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.form.FormData;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.util.UriBuilderFactory;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Opens a request as the values of a call say.
 */
final class ServiceCall {

	private final HttpRequestValues values;

	private final HttpMethod method;

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if a request cannot carry something they ask for
	 */
	ServiceCall(HttpRequestValues values) {
		this.values = values;
		HttpMethod httpMethod = values.getHttpMethod();
		Assert.notNull(httpMethod, "An HTTP method is required");
		Assert.isTrue(values.getAttributes().isEmpty(),
				() -> "Request attributes are not supported, and there are " + values.getAttributes().keySet());
		Assert.isTrue(values.getApiVersion() == null,
				"API versions are not supported: say the version in the URL or a header");
		this.method = httpMethod;
	}

	/**
	 * Make a request and open it.
	 * @throws IllegalArgumentException if the method has no body, and there is one
	 */
	XMLHttpRequest open(XhrFactory factory, @Nullable Object body) {
		Assert.isTrue(body == null || (this.method != HttpMethod.GET && this.method != HttpMethod.HEAD),
				() -> "A " + this.method + " request has no body");
		boolean multipart = body instanceof FormData;
		XMLHttpRequest request = factory.create();
		open(request);
		this.values.getHeaders().forEach((name, headerValues) -> {
			if (!multipart || !name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
				headerValues.forEach((value) -> request.setRequestHeader(name, value));
			}
		});
		String cookies = cookies(this.values.getCookies());
		if (!cookies.isEmpty()) {
			request.setRequestHeader(HttpHeaders.COOKIE, cookies);
		}
		return request;
	}

	private void open(XMLHttpRequest request) {
		URI uri = uri();
		if (uri != null) {
			request.open(this.method.name(), uri.toString());
		}
		else {
			request.open(this.method, template(), variables());
		}
	}

	private @Nullable URI uri() {
		UriBuilderFactory uriBuilderFactory = this.values.getUriBuilderFactory();
		if (this.values.getUri() != null || uriBuilderFactory == null) {
			return this.values.getUri();
		}
		return uriBuilderFactory.expand(template(), this.values.getUriVariables());
	}

	private String template() {
		String template = this.values.getUriTemplate();
		return (template != null) ? template : "";
	}

	/**
	 * Put the variables into the order in which the template asks for them.
	 */
	private Object[] variables() {
		Map<String, String> variables = this.values.getUriVariables();
		List<Object> ordered = new ArrayList<>();
		UriComponentsBuilder.fromUriString(template()).encode().build().expand((name) -> {
			String value = (name != null) ? variables.get(name) : null;
			Assert.notNull(value, () -> "The URL template has no value for '" + name + "'");
			ordered.add(value);
			return value;
		});
		return ordered.toArray();
	}

	private static String cookies(MultiValueMap<String, String> cookies) {
		List<String> pairs = new ArrayList<>();
		cookies.forEach((name, cookieValues) -> cookieValues.forEach((value) -> {
			Assert.isTrue(name.indexOf('=') < 0 && !endsPair(name) && !endsPair(value),
					() -> "The cookie '" + name + "' has a character that would end it");
			pairs.add(name + "=" + value);
		}));
		return String.join("; ", pairs);
	}

	private static boolean endsPair(String text) {
		return text.chars().anyMatch((c) -> c == ';' || c < ' ' || c == 0x7F);
	}

	/**
	 * Return the exception for a response that tells of an error.
	 */
	XhrResponseException error(XMLHttpRequest request, byte[] body) {
		HttpHeaders headers = ResponseReader.headers(request);
		return new XhrResponseException(ResponseReader.describe(request) + " in answer to " + this,
				ResponseReader.status(request), request.getStatusText(), headers, body, charset(headers));
	}

	private static @Nullable Charset charset(HttpHeaders headers) {
		try {
			MediaType type = headers.getContentType();
			return (type != null) ? type.getCharset() : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * The method and the path, without what may be a secret.
	 */
	@Override
	public String toString() {
		URI uri = this.values.getUri();
		String path = (uri != null) ? uri.getRawPath()
				: template().replaceFirst("^(?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\\\]{2,}[^/\\\\?#]*", "")
					.split("[?#]", 2)[0];
		return this.method + " " + (path == null || path.isEmpty() ? "/" : path);
	}

}
