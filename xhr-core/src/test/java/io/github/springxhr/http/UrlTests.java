package io.github.springxhr.http;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UrlTests {

	/** A host may have them; the HTTP client takes no such name, and says so. */
	@ParameterizedTest
	@ValueSource(strings = { "{", "}", "`", "\"" })
	void hostWithACharacterThatJavaDoesNotTake(String character) {
		Url url = Url.parse("http://a" + character + "b.test:81/", null);
		assertThat(url.host()).isEqualTo("a" + character + "b.test");
		assertThat(url.toUri().getRawAuthority())
			.isEqualTo(String.format("a%%%02Xb.test:81", (int) character.charAt(0)));
		assertThat(url.toUri().getHost()).isNull();
	}

	private static final String BASE = "http://example.org:8080/a/b/c?q#f";

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "d http://example.org:8080/a/b/d", "./d http://example.org:8080/a/b/d",
			"../d http://example.org:8080/a/d", "../../../d http://example.org:8080/d", "/d http://example.org:8080/d",
			"//h/d http://h/d", "\\\\h\\d http://h/d", "/\\h/d http://h/d", "?x http://example.org:8080/a/b/c?x",
			"#x http://example.org:8080/a/b/c?q#x", "'' http://example.org:8080/a/b/c?q",
			"http:d http://example.org:8080/a/b/d", "http:/d http://example.org:8080/d", "https:d https://d/",
			"https:/d https://d/", "https:////d https://d/", "HTTP://H/ http://h/", "http://h:80/ http://h/",
			"https://h:443/ https://h/", "https://h:80/ https://h:80/", "http://h http://h/", "http://h?x http://h/?x",
			"http://h#x http://h/#x", "d/./e/../f http://example.org:8080/a/b/d/f",
			"%2e%2e/d http://example.org:8080/a/d", "d? http://example.org:8080/a/b/d?",
			"d# http://example.org:8080/a/b/d#", "a\\b http://example.org:8080/a/b/a/b",
			"?a\\b http://example.org:8080/a/b/c?a\\b", "{x}/? http://example.org:8080/a/b/%7Bx%7D/?",
			"?{x} http://example.org:8080/a/b/c?{x}", "{a?b}/c#d http://example.org:8080/a/b/%7Ba?b}/c#d",
			"?'\"<> http://example.org:8080/a/b/c?%27%22%3C%3E",
			"\u00E4?\u00E4#\u00E4 http://example.org:8080/a/b/%C3%A4?%C3%A4#%C3%A4",
			"http://b\u00FCcher.example/ http://xn--bcher-kva.example/", "http://0x7f.1/ http://127.0.0.1/",
			"http://[::1]:81/ http://[::1]:81/", "http://u:p@h/ http://u:p@h/",
			"http://u:p@h:x@h2/ http://u:p%40h%3Ax@h2/", "http://my_service/ http://my_service/",
			"http://h/a/. http://h/a/", "http://h/a/b/.. http://h/a/", "http://h/a/%2E%2e?q http://h/?q",
			"http://h//.. http://h/", "http://h\\\\a\\b http://h//a/b", "http://4294967295/ http://255.255.255.255/",
			"http://0xFfFfFfFf http://255.255.255.255/", "http://017.0.1. http://15.0.0.1/",
			"http://%30x7f.1 http://127.0.0.1/", "http://B\u00DCCHER.Example/ http://xn--bcher-kva.example/",
			"http://EXAMPLE.org/%7Efoo http://example.org/%7Efoo" })
	void isParsedAgainstItsBase(String input, String expected) {
		Url base = Url.parse(BASE, null);
		Url url = Url.parse(input, base);
		assertThat(url).isNotNull();
		assertThat(url.serialize(false)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://", "http://?", "http:///", "http://h:x", "http://h:65536", "http://a b",
			"http://[::1", "http://a<b", "http://1.2.3.4.5.6.256", "https://", "//", "http://%00/", "http://[:]",
			"http://h: /", "http://0x100000000", "http://a.0x1", "http://1.2.3.08", "ftp://", "wss://a b",
			"file://h:1/", "file://u@h/", "x://u@/", "x://:1", "x://h:70000", "x://h:a", "x://a b", "x://[:80/",
			"x://a\\b" })
	void malformedUrlIsRefused(String input) {
		assertThat(Url.parse(input, null)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "d", "/d", "//h/d", "?x", "#x" })
	void relativeUrlNeedsABase(String input) {
		assertThat(Url.parse(input, null)).isNull();
	}

	@Test
	void surroundingSpacesAndInnerLineBreaksAreDropped() {
		assertThat(Url.parse(" \u0000\n http://h/a\nb\tc\r \u001F", null).serialize(false)).isEqualTo("http://h/abc");
	}

	@Test
	void loneSurrogateIsReplaced() {
		assertThat(Url.parse("http://h/?\uD800", null).serialize(false)).isEqualTo("http://h/?%EF%BF%BD");
		assertThat(Url.parse("http://h/?\uD83D\uDE00", null).serialize(false)).isEqualTo("http://h/?%F0%9F%98%80");
	}

	@Test
	void otherSchemesAreKept() {
		Url url = Url.parse("Data:text/plain,a b?c#d e", null);
		assertThat(url.isHttp()).isFalse();
		assertThat(url.serialize(false)).isEqualTo("data:text/plain,a b?c#d%20e");
		assertThat(url).hasToString("data:");
	}

	/** https://url.spec.whatwg.org/#cannot-be-a-base-url-path-state */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "x:a b|x:a b|-", "x:a b ?c d|x:a b%20?c%20d|c%20d", "x:a #b|x:a%20#b|-", "x:a  #|x:a %20#|-",
					"x:a\u0001\u007F\u00E4|x:a%01%7F%C3%A4|-", "x:a\"<>`{}^|x:a\"<>`{}^|-",
					"x:?\"<>'`{}\u00E4|x:?%22%3C%3E'`{}%C3%A4|%22%3C%3E'`{}%C3%A4", "x:a?b?c#d?e|x:a?b?c#d?e|b?c",
					"x:a#b?c|x:a#b?c|-", "x:a/../b|x:a/../b|-", "x:/a/../b c|x:/b%20c|-", "x:/a\\..\\b|x:/a\\..\\b|-",
					"x://h|x://h|-", "x://h/a/./b|x://h/a/b|-", "x://h?q|x://h?q|q", "x:%zz|x:%zz|-" })
	void opaquePathIsEncoded(String input, String expected, String query) {
		Url url = Url.parse(input, null);
		assertThat(url.serialize(false)).isEqualTo(expected);
		assertThat(url.query()).isEqualTo(query.equals("-") ? null : query);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://h/", "ws:h", "file:", "file:///C|/a", "file://h/a", "x:", "x:a b", "x:///a", "x://",
			"x://u:p@h:80?q", "x://[::1]:80/", "mailto:a@b" })
	void otherSchemesCanBeParsed(String input) {
		assertThat(Url.parse(input, null)).isNotNull().extracting(Url::isHttp).isEqualTo(false);
	}

	@Test
	void textHidesCredentialsAndQuery() {
		Url url = Url.parse("http://user:secret@h/path?key=secret#secret", null);
		assertThat(url).hasToString("http://h/path");
		assertThat(url.toUri()).isEqualTo(URI.create("http://h/path?key=secret"));
	}

	@Test
	void credentialsAreEncoded() {
		Url url = Url.parse("http://h/", null).withCredentials("us:er", "p@ss/\u00E4");
		assertThat(url.serialize(true)).isEqualTo("http://us%3Aer:p%40ss%2F%C3%A4@h/");
		assertThat(url.includesCredentials()).isTrue();
	}

	/** https://url.spec.whatwg.org/#string-percent-decode */
	@ParameterizedTest
	@CsvSource({ "http://h/,'',''", "http://us%3Aer:p%40ss%2F%C3%A4@h/,us:er,p@ss/\u00E4", "http://u@h/,u,''",
			"http://:p@h/,'',p", "http://%:%4@h/,%,%4", "http://%zz:%ff@h/,%zz,\uFFFD",
			"http://\u00E4:b%0@h/,\u00E4,b%0" })
	void credentialsAreDecoded(String input, String username, String password) {
		Url url = Url.parse(input, null);
		assertThat(url.decodedUsername()).isEqualTo(username);
		assertThat(url.decodedPassword()).isEqualTo(password);
	}

	@ParameterizedTest
	@CsvSource({ "http://h/a|b?c|d,http://h/a%7Cb?c%7Cd", "http://h/%zz?%,http://h/%25zz?%25",
			"http://h/[a]?[b],http://h/%5Ba%5D?%5Bb%5D" })
	void uriForTheHttpClientIsLegal(String input, String expected) {
		Url url = Url.parse(input, null);
		assertThat(url.serialize(false)).isEqualTo(input);
		assertThat(url.toUri().toString()).isEqualTo(expected);
	}

	@Test
	void originHasAPort() {
		assertThat(Url.parse("http://h/", null).origin()).isEqualTo(Url.parse("http://H:80/x", null).origin())
			.hasToString("http://h");
		assertThat(Url.parse("https://h:8443/", null).origin()).hasToString("https://h:8443");
	}

}
