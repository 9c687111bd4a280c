package io.github.springxhr.demo.run;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A request to be made by the browser and by the server, in the same way.
 *
 * @param id the name of its scenario, if it is one's
 * @param method the HTTP method
 * @param url the URL, relative to the page's origin
 * @param async whether it is asynchronous
 * @param user the user name given to {@code open()}
 * @param password the password given to {@code open()}
 * @param headers names and values
 * @param responseType the response's type
 * @param timeout milliseconds, 0 for none of its own
 * @param withCredentials whether it goes with credentials to other origins
 * @param overrideMimeType the media type to take the response for
 * @param uploadListeners whether anybody listens at its upload object
 * @param body what to send
 * @param abort when to abort it
 */
public record Spec(@Nullable String id, String method, String url, Boolean async, @Nullable String user,
		@Nullable String password, List<List<String>> headers, String responseType, Integer timeout,
		Boolean withCredentials, @Nullable String overrideMimeType, Boolean uploadListeners, @Nullable Body body,
		@Nullable Abort abort) {

	/**
	 * What is left out has its default.
	 */
	public Spec {
		method = (method != null) ? method : "GET";
		url = (url != null) ? url : "";
		async = (async != null) ? async : Boolean.TRUE;
		headers = (headers != null) ? headers : List.of();
		responseType = (responseType != null) ? responseType : "";
		timeout = (timeout != null) ? timeout : Integer.valueOf(0);
		withCredentials = (withCredentials != null) ? withCredentials : Boolean.FALSE;
		uploadListeners = (uploadListeners != null) ? uploadListeners : Boolean.TRUE;
	}

	/**
	 * What is sent.
	 *
	 * @param kind {@code text}, {@code bytes}, {@code form} or {@code file}
	 * @param text the text
	 * @param size how many bytes; number i is i modulo 251
	 * @param fields names and values of the form
	 * @param files the form's files
	 * @param file the file that was chosen, as {@code /api/files} called it
	 */
	public record Body(String kind, String text, Integer size, List<List<String>> fields, List<FormFile> files,
			String file) {

		/**
		 * What is left out is empty.
		 */
		public Body {
			kind = (kind != null) ? kind : "";
			text = (text != null) ? text : "";
			size = (size != null) ? size : Integer.valueOf(0);
			fields = (fields != null) ? fields : List.of();
			files = (files != null) ? files : List.of();
			file = (file != null) ? file : "";
		}

	}

	/**
	 * A file in a form.
	 *
	 * @param name the name of its field
	 * @param filename its own name
	 * @param size how many bytes
	 */
	public record FormFile(String name, String filename, int size) {

	}

	/**
	 * When to abort.
	 *
	 * @param on the event that does it: a type, for the upload object after
	 * {@code upload.}
	 * @param readyState the state that the event has to have
	 * @param loaded the bytes that the event has to tell at least
	 * @param afterMs milliseconds after {@code open()}
	 */
	public record Abort(@Nullable String on, @Nullable Integer readyState, @Nullable Long loaded,
			@Nullable Integer afterMs) {

		boolean matches(ShownEvent event) {
			String name = event.target().equals("upload") ? "upload." + event.type() : event.type();
			return name.equals(this.on) && (this.readyState == null || this.readyState == event.readyState())
					&& (this.loaded == null || (event.loaded() != null && event.loaded() >= this.loaded));
		}

	}

}
