package io.github.springxhr.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestEventTarget;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.EventListener;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;

import org.springframework.util.unit.DataSize;

/**
 * A request all of whose events are listened to; those of its upload too if it has a
 * body.
 */
final class XhrPeer implements Peer {

	private static final String[] EVENTS = { "readystatechange", "loadstart", "progress", "abort", "error", "load",
			"timeout", "loadend" };

	private static final EventListener<Event> LISTENER = (event) -> {
	};

	private final XhrFactory factory;

	XhrPeer(XhrFactoryBuilder builder) {
		this.factory = builder.maxResponseSize(DataSize.ofGigabytes(1)).build();
	}

	@Override
	public void start(Operation operation, String url, Completion completion) {
		XMLHttpRequest xhr = this.factory.create();
		listen(xhr);
		xhr.setOnloadend((event) -> ended(xhr, operation, completion));
		switch (operation) {
			case TEXT -> get(xhr, url, XMLHttpRequestResponseType.EMPTY);
			case JSON -> get(xhr, url, XMLHttpRequestResponseType.JSON);
			case ARRAYBUFFER -> get(xhr, url, XMLHttpRequestResponseType.ARRAYBUFFER);
			case BLOB, DISCARD -> get(xhr, url, XMLHttpRequestResponseType.BLOB);
			case UPLOAD -> post(xhr, url).send(file(TestFiles.large()));
			case MULTIPART -> post(xhr, url).send(form());
		}
	}

	private static void listen(XMLHttpRequestEventTarget target) {
		for (String event : EVENTS) {
			target.addEventListener(event, LISTENER);
		}
	}

	private static void get(XMLHttpRequest xhr, String url, XMLHttpRequestResponseType type) {
		xhr.open("GET", url);
		if (type != XMLHttpRequestResponseType.EMPTY) {
			xhr.setResponseType(type);
		}
		xhr.send();
	}

	private static XMLHttpRequest post(XMLHttpRequest xhr, String url) {
		listen(xhr.getUpload());
		xhr.open("POST", url);
		return xhr;
	}

	private static File file(Path path) {
		try {
			return File.of(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static FormData form() {
		FormData form = new FormData();
		for (Path file : TestFiles.small()) {
			form.append("file", file(file));
		}
		return form;
	}

	private static void ended(XMLHttpRequest xhr, Operation operation, Completion completion) {
		if (xhr.getStatus() == 200) {
			completion.completed(result(xhr, operation));
		}
		else {
			completion.failed(new IllegalStateException(String.valueOf(xhr.getFailure())));
		}
	}

	private static long result(XMLHttpRequest xhr, Operation operation) {
		return switch (operation) {
			case TEXT -> xhr.getResponseText().length();
			case JSON -> Objects.requireNonNull(xhr.getResponse(Order.class)).id();
			case ARRAYBUFFER -> ((byte[]) Objects.requireNonNull(xhr.getResponse())).length;
			case BLOB, DISCARD -> sizeOf((Blob) Objects.requireNonNull(xhr.getResponse()));
			case UPLOAD, MULTIPART -> Long.parseLong(xhr.getResponseText());
		};
	}

	private static long sizeOf(Blob blob) {
		try (blob) {
			return blob.getSize();
		}
	}

	@Override
	public void close() {
		this.factory.close();
	}

}
