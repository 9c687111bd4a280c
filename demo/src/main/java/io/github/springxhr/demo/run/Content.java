package io.github.springxhr.demo.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XMLSerializer;
import io.github.springxhr.form.Blob;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A response's content in a form that can be compared: the bytes, the text, the
 * serialised document, or JSON with sorted names.
 *
 * @param length the number of bytes, -1 without a response
 * @param digest their SHA-256, none without a response
 */
record Content(long length, @Nullable String digest) {

	private static final JsonMapper json = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	static Content of(XMLHttpRequest request) {
		Object response = request.getResponse();
		if (response instanceof Blob blob) {
			return of(blob);
		}
		if (response instanceof byte[] bytes) {
			return of(bytes);
		}
		if (response instanceof Document document) {
			return of(new XMLSerializer().serializeToString(document.getDocumentElement())
				.getBytes(StandardCharsets.UTF_8));
		}
		if (request.getResponseType() == XMLHttpRequestResponseType.JSON && response != null) {
			return of(json.writeValueAsBytes(json.convertValue(response, Object.class)));
		}
		return (response != null) ? of(response.toString().getBytes(StandardCharsets.UTF_8)) : new Content(-1, null);
	}

	private static Content of(byte[] bytes) {
		MessageDigest digest = sha256();
		return new Content(bytes.length, HexFormat.of().formatHex(digest.digest(bytes)));
	}

	/** May be in a file, which is deleted with it. */
	private static Content of(Blob blob) {
		MessageDigest digest = sha256();
		byte[] buffer = new byte[8192];
		try (blob; InputStream stream = blob.openStream()) {
			for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
				digest.update(buffer, 0, count);
			}
			return new Content(blob.getSize(), HexFormat.of().formatHex(digest.digest()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
