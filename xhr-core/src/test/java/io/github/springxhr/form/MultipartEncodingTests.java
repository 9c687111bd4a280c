package io.github.springxhr.form;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.springxhr.http.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MultipartEncodingTests {

	private final FormData form = new FormData();

	private String encoded() {
		RequestBody body = MultipartEncoding.encode(this.form, "B").body();
		Blob blob = new Blob(body, "", null);
		assertThat(body.length()).isEqualTo(blob.bytes().length);
		return blob.text();
	}

	@Test
	void emptyForm() {
		assertThat(encoded()).isEqualTo("--B--\r\n");
	}

	@Test
	void stringsAndFiles() {
		this.form.append("a", "\u00E4\uD83D\uDE00");
		this.form.append("b", new Blob(List.of("one")));
		this.form.append("b", new File(List.of("two\n"), "2.txt", "text/plain"));
		this.form.append("", "");
		assertThat(encoded()).isEqualTo("""
				--B\r
				Content-Disposition: form-data; name="a"\r
				\r
				\u00E4\uD83D\uDE00\r
				--B\r
				Content-Disposition: form-data; name="b"; filename="blob"\r
				Content-Type: application/octet-stream\r
				\r
				one\r
				--B\r
				Content-Disposition: form-data; name="b"; filename="2.txt"\r
				Content-Type: text/plain\r
				\r
				two
				\r
				--B\r
				Content-Disposition: form-data; name=""\r
				\r
				\r
				--B--\r
				""");
	}

	@ParameterizedTest
	@CsvSource({ "'a\nb',a%0D%0Ab", "'a\rb',a%0D%0Ab", "'a\r\nb',a%0D%0Ab", "'\n\r',%0D%0A%0D%0A", "a\"b,a%22b",
			"a%22b,a%22b", "a\\b;',a\\b;'", "'\r\r\n\n',%0D%0A%0D%0A%0D%0A", "\u00E4,\u00E4" })
	void lineBreaksOfNamesAreNormalizedThenEscaped(String name, String expected) {
		this.form.append(name, "v");
		assertThat(encoded()).contains("; name=\"" + expected + "\"\r\n");
		this.form.delete(name);
		this.form.append(name, new Blob());
		assertThat(encoded()).contains("; name=\"" + expected + "\"; filename=\"blob\"\r\n");
	}

	@ParameterizedTest
	@CsvSource({ "'a\nb',a%0Ab", "'a\rb',a%0Db", "'a\r\nb',a%0D%0Ab", "a\"b,a%22b", "a%0Ab,a%0Ab", "a\\b,a\\b",
			"\u00E4\uD83D\uDE00,\u00E4\uD83D\uDE00", "'',''" })
	void filenamesAreEscapedOnly(String filename, String expected) {
		this.form.append("a", new Blob(), filename);
		assertThat(encoded()).contains("; filename=\"" + expected + "\"\r\n");
	}

	@ParameterizedTest
	@CsvSource({ "'a\nb','a\r\nb'", "'a\rb','a\r\nb'", "'a\r\nb','a\r\nb'", "'\n\n','\r\n\r\n'", "'\r\r\n','\r\n\r\n'",
			"\"%0A,\"%0A", "$1\\,$1\\" })
	void lineBreaksOfValuesAreNormalized(String value, String expected) {
		this.form.append("a", value);
		assertThat(encoded())
			.isEqualTo("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" + expected + "\r\n--B--\r\n");
	}

	@Test
	void bytesOfFilesStayAsTheyAre() {
		this.form.append("a", new Blob(List.of("\n\r\"")));
		assertThat(encoded()).contains("\r\n\r\n\n\r\"\r\n--B--");
	}

	@Test
	void typeCannotAddHeaders() {
		this.form.append("a", new Blob(List.of(), "a/b\r\nX-Evil: 1"));
		assertThat(encoded()).contains("Content-Type: application/octet-stream\r\n").doesNotContain("Evil");
	}

	@Test
	void filesAreNotRead(@TempDir Path directory) throws Exception {
		Path path = Files.writeString(directory.resolve("a"), "1234567");
		this.form.append("a", File.of(path));
		Files.delete(path);
		RequestBody body = MultipartEncoding.encode(this.form, "B").body();
		assertThat(((RequestBody.Sequence) body).parts()).hasSize(3)
			.element(1)
			.isEqualTo(new RequestBody.FileRegion(path, 0, 7, null));
		assertThat(body.isRepeatable()).isTrue();
	}

	@Test
	void boundaryIsRandomAndOfTokenCharacters() {
		assertThat(MultipartEncoding.generateBoundary()).matches("[-_0-9A-Za-z]{38}")
			.isNotEqualTo(MultipartEncoding.generateBoundary());
	}

}
