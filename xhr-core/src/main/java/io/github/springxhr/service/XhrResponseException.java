package io.github.springxhr.service;

import java.nio.charset.Charset;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.RestClientResponseException;

/**
 * The response to a call of an HTTP service client has a status of 400 or more. It is
 * caught as what Spring's own blocking client throws. The message names the call and the
 * status only; the headers and the body are there to be asked for.
 *
 * @since 0.1.0
 */
public final class XhrResponseException extends RestClientResponseException {

	private static final long serialVersionUID = 1L;

	XhrResponseException(String message, HttpStatusCode status, String statusText, HttpHeaders headers, byte[] body,
			@Nullable Charset charset) {
		super(message, status, statusText, headers, body, charset);
	}

}
