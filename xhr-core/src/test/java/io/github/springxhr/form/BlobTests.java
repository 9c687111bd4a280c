package io.github.springxhr.form;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.springxhr.http.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BlobTests {

	@TempDir
	private Path directory;

	/** "0123456789" out of memory, a file, a resource and a slice. */
	private Blob mixed() throws IOException {
		Path path = Files.writeString(this.directory.resolve("file"), "xx345xx");
		return new Blob(
				List.of("01", "2", File.of(path).slice(2, 5), File.of(new ByteArrayResource(new byte[] { '6', '7' })),
						new byte[] { '8' }, ByteBuffer.wrap(new byte[] { 'x', '9' }, 1, 1)));
	}

	@Test
	void emptyBlob() {
		Blob blob = new Blob();
		assertThat(blob.getSize()).isZero();
		assertThat(blob.getType()).isEmpty();
		assertThat(blob.text()).isEmpty();
	}

	@Test
	void partsAreJoined() throws IOException {
		Blob blob = mixed();
		assertThat(blob.getSize()).isEqualTo(10);
		assertThat(blob.text()).isEqualTo("0123456789");
		assertThat(blob.bytes()).isEqualTo("0123456789".getBytes(StandardCharsets.US_ASCII));
		assertThat(blob.arrayBuffer()).isEqualTo(blob.bytes());
		try (InputStream stream = blob.openStream()) {
			assertThat(stream).hasContent("0123456789");
		}
	}

	@Test
	void largePartsAreJoined() {
		byte[] large = new byte[200_000];
		large[199_999] = 1;
		Blob blob = new Blob(List.of("a", large, new Blob(List.of(large)), "b"));
		assertThat(blob.getSize()).isEqualTo(400_002);
		assertThat(blob.slice(199_999, 200_002).bytes()).containsExactly(0, 1, 0);
	}

	@Test
	void partsAreCopied() {
		byte[] small = { 1 };
		byte[] large = new byte[100_000];
		ByteBuffer buffer = ByteBuffer.wrap(small);
		Blob blob = new Blob(List.of(small, buffer, large));
		small[0] = 2;
		large[0] = 2;
		assertThat(buffer.position()).isZero();
		assertThat(blob.slice(0, 3).bytes()).containsExactly(1, 1, 0);
	}

	@Test
	void bytesAreACopy() {
		Blob blob = new Blob(List.of("a"));
		blob.bytes()[0] = 'b';
		assertThat(blob.text()).isEqualTo("a");
	}

	@Test
	void typeOfAPartIsIgnored() {
		Blob part = new Blob(List.of("a"), "text/plain");
		assertThat(new Blob(List.of(part)).getType()).isEmpty();
		assertThat(new Blob(List.of(part), "text/html").getType()).isEqualTo("text/html");
	}

	@Test
	void partOfAnotherClassIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Blob(List.of(1))).withMessageContaining("Integer");
	}

	@Test
	void loneSurrogatesAreReplaced() {
		assertThat(new Blob(List.of("\uD800")).text()).isEqualTo("\uFFFD");
	}

	@Test
	void textIsUtf8WithoutByteOrderMark() {
		assertThat(new Blob(List.of("\uFEFF\u00E4\uD83D\uDE00")).text()).isEqualTo("\u00E4\uD83D\uDE00");
		assertThat(new Blob(List.of(new byte[] { (byte) 0xFE, (byte) 0xFF, 'a' })).text()).isEqualTo("\uFFFD\uFFFDa");
	}

	@ParameterizedTest
	@CsvSource({ "Text/PLAIN;Charset=X,text/plain;charset=x", "te(xt/plain,te(xt/plain", "te\u00E4t/plain,''",
			"\u0130mage/png,''", "'a\tb',''", "' ~',' ~'", "\u007F,''" })
	void typeIsNormalized(String type, String expected) {
		assertThat(new Blob(List.of(), type).getType()).isEqualTo(expected);
		assertThat(new Blob().slice(0, 0, type).getType()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0,10,0123456789", "2,5,234", "-3,10,789", "-3,-1,78", "0,-8,01", "5,5,''", "6,5,''", "-1,0,''",
			"10,11,''", "11,20,''", "8,100,89", "-100,2,01", "0,9223372036854775807,0123456789",
			"-9223372036854775808,1,0", "1,4,123", "4,9,45678" })
	void sliceClampsAndCountsFromTheEnd(long start, long end, String expected) throws IOException {
		Blob slice = mixed().slice(start, end);
		assertThat(slice.text()).isEqualTo(expected);
		assertThat(slice.getSize()).isEqualTo(expected.length());
	}

	@Test
	void sliceOfASlice() throws IOException {
		assertThat(mixed().slice(1, 9).slice(2, -2).slice(-3).text()).isEqualTo("456");
	}

	@Test
	void sliceHasNoTypeUnlessGiven() {
		Blob blob = new Blob(List.of("abc"), "text/plain");
		assertThat(blob.slice().getType()).isEmpty();
		assertThat(blob.slice(1).getType()).isEmpty();
		assertThat(blob.slice(1, 2).getType()).isEmpty();
		assertThat(blob.slice(1, 2, "a/B").getType()).isEqualTo("a/b");
		assertThat(blob.slice().text()).isEqualTo("abc");
	}

	@Test
	void sliceSharesMemory() {
		Blob blob = new Blob(List.of(new byte[100_000]));
		RequestBody.Bytes bytes = (RequestBody.Bytes) blob.content();
		assertThat(((RequestBody.Bytes) blob.slice(1, 2).content()).bytes()).isSameAs(bytes.bytes());
	}

	@Test
	void missingFileIsAnErrorWhenItIsRead() throws IOException {
		Path path = Files.writeString(this.directory.resolve("gone"), "x");
		Blob blob = File.of(path);
		Files.delete(path);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(blob::text);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
			try (InputStream stream = blob.openStream()) {
				stream.read();
			}
		});
	}

	@Test
	void shorterFileIsAnErrorAndALongerOneIsCut() throws IOException {
		Path path = Files.writeString(this.directory.resolve("file"), "12345");
		Blob blob = File.of(path);
		Files.writeString(path, "123456789");
		assertThat(blob.text()).isEqualTo("12345");
		Files.writeString(path, "123");
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(blob::text)
			.withCauseInstanceOf(EOFException.class);
		assertThat(blob.slice(0, 3).text()).isEqualTo("123");
	}

	@Test
	void closeOfAnOrdinaryBlobDoesNothing() {
		Blob blob = new Blob(List.of("a"));
		blob.close();
		assertThat(blob.text()).isEqualTo("a");
	}

}
