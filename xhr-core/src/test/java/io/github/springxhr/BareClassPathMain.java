package io.github.springxhr;

import java.util.List;

import io.github.springxhr.form.Blob;
import io.github.springxhr.form.FormData;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends requests where no optional dependency is on the class path, and prints what comes
 * of it.
 */
final class BareClassPathMain {

	private BareClassPathMain() {
	}

	public static void main(String[] args) throws Exception {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).baseUrl(args[0]).build()) {
			XMLHttpRequest xhr = factory.create();
			xhr.open("GET", "text", false);
			xhr.send();
			System.out.println("text " + xhr.getResponseText());
			FormData form = new FormData();
			form.append("file", new Blob(List.of("abc")));
			xhr.open("POST", "form");
			System.out.println("form " + xhr.exchange(form).block().getStatus());
			xhr.open("POST", "json");
			xhr.setResponseType(XMLHttpRequestResponseType.JSON);
			xhr.sendAsync("text").get();
			print("json", () -> xhr.getResponse());
			xhr.open("POST", "json");
			print("sendJson", () -> xhr.sendJson(1));
		}
	}

	private static void print(String what, Runnable call) {
		try {
			call.run();
			System.out.println(what + " works");
		}
		catch (IllegalStateException ex) {
			System.out.println(what + " " + ex.getMessage());
		}
	}

}
