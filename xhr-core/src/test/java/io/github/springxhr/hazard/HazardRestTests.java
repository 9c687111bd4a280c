package io.github.springxhr.hazard;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.cookie.CookieJar;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.cookie.PublicSuffixes;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Url;
import io.github.springxhr.webclient.ProxySettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds a secret does not tell it to whoever prints it.
 */
class HazardRestTests {

	static Stream<Arguments> holders() {
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
			.baseUrl("https://own.test/")
			.header("X-Api-Key", "canary")
			.basicCredentials("canary", "canary")
			.cookieStore(store());
		XhrFactory factory = builder.build();
		XMLHttpRequest xhr = factory.create();
		xhr.open("GET", "https://canary:canary@own.test/", true, "canary", "canary");
		xhr.setRequestHeader("X-Author", "canary");
		HeaderList headers = new HeaderList();
		headers.add("Authorization", "canary");
		FormData form = new FormData();
		form.append("a", "canary");
		factory.close();
		return Stream.of(Arguments.of("builder", builder), Arguments.of("factory", factory),
				Arguments.of("request", xhr), Arguments.of("headers", headers), Arguments.of("form", form),
				Arguments.of("proxy", ProxySettings.http("p", 1).withCredentials("canary", "canary")),
				Arguments.of("store", store()), Arguments.of("cookie", store().cookies("own.test").get(0)),
				Arguments.of("URL", url("https://canary:canary@own.test/")),
				Arguments.of("URL with a query", url("https://own.test/?canary").redacted()),
				Arguments.of("blob", new Blob(List.of("canary"))),
				Arguments.of("file", new File(List.of("canary"), "name")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("holders")
	void tellsNoSecret(String name, Object holder) {
		assertThat(holder.toString()).doesNotContain("canary").doesNotContain("Y2FuYXJ5");
	}

	private static InMemoryCookieStore store() {
		InMemoryCookieStore store = new InMemoryCookieStore();
		HeaderList headers = new HeaderList();
		headers.add("Set-Cookie", "a=canary");
		new CookieJar(store, InstantSource.system(), new PublicSuffixes()).receive(headers, url("https://own.test/"),
				true);
		return store;
	}

	private static Url url(String text) {
		return Objects.requireNonNull(Url.parse(text, null));
	}

}
