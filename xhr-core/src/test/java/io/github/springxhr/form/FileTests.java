package io.github.springxhr.form;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

import io.github.springxhr.http.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FileTests {

	@TempDir
	private Path directory;

	@Test
	void madeOfParts() {
		long before = System.currentTimeMillis();
		File file = new File(List.of("a", "b"), "\uD800.txt", "Text/Plain");
		assertThat(file.getName()).isEqualTo("\uFFFD.txt");
		assertThat(file.getType()).isEqualTo("text/plain");
		assertThat(file.text()).isEqualTo("ab");
		assertThat(file.getLastModified()).isBetween(before, System.currentTimeMillis());
		assertThat(new File(List.of(), "a/b", "", 5).getLastModified()).isEqualTo(5);
		assertThat(new File(List.of(), "a/b").getName()).isEqualTo("a/b");
		assertThat(new File(List.of(), "a.txt").getType()).isEmpty();
	}

	@Test
	void path() throws IOException {
		Path path = Files.writeString(this.directory.resolve("a.JSON"), "12345");
		Files.setLastModifiedTime(path, FileTime.fromMillis(1_234_000));
		File file = File.of(path);
		assertThat(file.getName()).isEqualTo("a.JSON");
		assertThat(file.getType()).isEqualTo("application/json");
		assertThat(file.getSize()).isEqualTo(5);
		assertThat(file.getLastModified()).isEqualTo(1_234_000);
		assertThat(file.content()).isEqualTo(new RequestBody.FileRegion(path, 0, 5, null));
		assertThat(File.of(path, "b", "c/D")).hasToString("File[name=b, size=5, type=c/d]");
	}

	@ParameterizedTest
	@CsvSource({ "a.txt,text/plain", "a.html,text/html", "a.PNG,image/png", "a.pdf,application/pdf", "a,''",
			"a.unheard-of,''" })
	void typeIsGuessedFromTheExtension(String name, String type) throws IOException {
		assertThat(File.of(Files.createFile(this.directory.resolve(name))).getType()).isEqualTo(type);
	}

	@Test
	void whatIsNoRegularFileIsAnError() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> File.of(this.directory));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> File.of(this.directory.resolve("none")));
	}

	@Test
	void resourceThatIsAFileIsARegion() throws IOException {
		Path path = Files.writeString(this.directory.resolve("a.txt"), "abc");
		assertThat(File.of(new FileSystemResource(path)).content())
			.isEqualTo(new RequestBody.FileRegion(path, 0, 3, null));
	}

	@Test
	void otherResourceIsOpenedAnewEachTime() throws IOException {
		File file = File.of(new ByteArrayResource("abcdef".getBytes(StandardCharsets.UTF_8)));
		assertThat(file.getName()).isEqualTo("blob");
		assertThat(file.content()).isInstanceOf(RequestBody.Input.class);
		assertThat(file.text()).isEqualTo("abcdef");
		assertThat(file.slice(2, 4).text()).isEqualTo("cd");
		assertThat(File.of(new ByteArrayResource(new byte[1]), "n.txt", "t/u").getName()).isEqualTo("n.txt");
	}

	@Test
	void resourceInAJar() throws IOException {
		File file = File.of(new ClassPathResource("org/junit/jupiter/api/Test.class"));
		assertThat(file.getName()).isEqualTo("Test.class");
		assertThat(file.bytes()).hasSize((int) file.getSize()).startsWith(0xCA, 0xFE, 0xBA, 0xBE);
	}

	@Test
	void openStreamIsAnError() {
		InputStreamResource resource = new InputStreamResource(new ByteArrayInputStream(new byte[1]));
		assertThatIllegalArgumentException().isThrownBy(() -> File.of(resource)).withMessageContaining("publisher");
	}

	@Test
	void unknownLengthIsAnError() {
		AbstractResource resource = new AbstractResource() {

			@Override
			public long contentLength() {
				return -1;
			}

			@Override
			public String getDescription() {
				return "test";
			}

			@Override
			public java.io.InputStream getInputStream() {
				return new ByteArrayInputStream(new byte[1]);
			}

		};
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> File.of(resource));
	}

}
