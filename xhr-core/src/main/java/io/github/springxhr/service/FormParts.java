package io.github.springxhr.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import io.github.springxhr.http.JsonBinding;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableTypeProvider;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;

/**
 * Makes a form of the parts of a call. Objects become parts of JSON.
 */
final class FormParts {

	private final XhrFactory factory;

	FormParts(XhrFactory factory) {
		this.factory = factory;
	}

	FormData toFormData(MultiValueMap<?, ?> map) {
		FormData form = new FormData();
		map.forEach((name, parts) -> parts.forEach((part) -> append(form, name.toString(), part)));
		return form;
	}

	private void append(FormData form, String name, @Nullable Object part) {
		if (!(part instanceof HttpEntity<?> entity)) {
			append(form, name, part, HttpHeaders.EMPTY);
			return;
		}
		Assert.isTrue(!(entity instanceof ResolvableTypeProvider),
				() -> "The part '" + name + "' is a publisher, which cannot be sent");
		entity.getHeaders()
			.forEach((header, values) -> Assert.isTrue(
					header.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
							|| header.equalsIgnoreCase(HttpHeaders.CONTENT_DISPOSITION),
					() -> "The part '" + name + "' has the header " + header + ", which cannot be sent"));
		append(form, name, entity.getBody(), entity.getHeaders());
	}

	private void append(FormData form, String name, @Nullable Object body, HttpHeaders headers) {
		MediaType type = headers.getContentType();
		String filename = headers.getContentDisposition().getFilename();
		if (body == null) {
			return;
		}
		if (body instanceof String text && filename == null && (type == null || MediaType.TEXT_PLAIN.includes(type))) {
			form.append(name, text);
		}
		else if (body instanceof Resource resource) {
			form.append(name, file(resource, (filename != null) ? filename : resource.getFilename(), type));
		}
		else if (body instanceof Blob blob && filename == null) {
			form.append(name, blob);
		}
		else {
			form.append(name, blob(body, type), (filename != null) ? filename : "blob");
		}
	}

	private Blob blob(Object body, @Nullable MediaType type) {
		if (body instanceof Blob || body instanceof String || body instanceof byte[]) {
			String given = (body instanceof Blob blob) ? blob.getType() : "";
			return new Blob(List.of(body), (type != null) ? type.toString() : given);
		}
		Assert.isTrue(this.factory instanceof JsonBinding, () -> "A part of " + body.getClass().getName()
				+ " needs a factory that was made by XhrFactory.builder(..)");
		return new Blob(List.of(((JsonBinding) this.factory).write(body)),
				((type != null) ? type : MediaType.APPLICATION_JSON).toString());
	}

	/**
	 * Make a file. What can be read only once is read now.
	 */
	private static File file(Resource resource, @Nullable String filename, @Nullable MediaType type) {
		String name = (filename != null) ? filename : "blob";
		String typeName = ((type != null) ? type
				: MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM))
			.toString();
		try {
			return resource.isOpen() ? new File(List.of(resource.getContentAsByteArray()), name, typeName)
					: File.of(resource, name, typeName);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
