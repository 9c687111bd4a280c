package io.github.springxhr;

import java.time.InstantSource;
import java.util.List;

import io.github.springxhr.cookie.CookieJar;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.cookie.PublicSuffixes;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.FormData;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Url;

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
			xhr.open("GET", "ftp://host.invalid/");
			xhr.sendAsync(null).exceptionally((ex) -> xhr).get();
		}
		CookieJar jar = new CookieJar(new InMemoryCookieStore(), InstantSource.system(), new PublicSuffixes());
		HeaderList headers = new HeaderList();
		headers.add("Set-Cookie", "a=b; Domain=example.com");
		jar.receive(headers, Url.parse("http://www.example.com/", null), true);
		System.out.println("cookie " + jar.cookieHeader(Url.parse("http://www.example.com/", null), true) + " "
				+ jar.cookieHeader(Url.parse("http://example.com/", null), true));
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
