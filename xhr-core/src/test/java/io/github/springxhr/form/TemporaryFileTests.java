package io.github.springxhr.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TemporaryFileTests {

	private static TemporaryFile written(String text) throws IOException {
		TemporaryFile file = TemporaryFile.create();
		file.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
		return file;
	}

	@Test
	void takesBytesAndBecomesABlob() throws IOException {
		try (TemporaryFile file = written("abc")) {
			file.append("xdefx".getBytes(StandardCharsets.UTF_8), 1, 3);
			assertThat(file.size()).isEqualTo(6);
			try (Blob blob = file.toBlob("Text/Plain")) {
				assertThat(blob.getType()).isEqualTo("Text/Plain");
				assertThat(blob.text()).isEqualTo("abcdef");
			}
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void onlyItsOwnerCanReadIt() throws IOException {
		try (TemporaryFile file = TemporaryFile.create()) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
				.isEqualTo("rw-------");
		}
	}

	@Test
	void closeOfTheFileDeletesIt() throws IOException {
		TemporaryFile file = written("abc");
		assertThat(file.path()).exists();
		file.close();
		file.close();
		assertThat(file.path()).doesNotExist();
		assertThatIllegalStateException().isThrownBy(() -> file.toBlob(""));
		assertThatExceptionOfType(ClosedChannelException.class)
			.isThrownBy(() -> file.append(ByteBuffer.wrap(new byte[1])));
	}

	@Test
	void closeOfTheBlobDeletesItAndCloseOfASliceDoesNot() throws IOException {
		TemporaryFile file = written("abc");
		Blob blob = file.toBlob("");
		Blob slice = blob.slice(1);
		slice.close();
		assertThat(blob.text()).isEqualTo("abc");
		blob.close();
		assertThat(file.path()).doesNotExist();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(slice::text);
	}

	@Test
	void blobTakesNoMoreBytes() throws IOException {
		try (TemporaryFile file = written("abc")) {
			file.toBlob("");
			assertThatExceptionOfType(ClosedChannelException.class)
				.isThrownBy(() -> file.append(ByteBuffer.wrap(new byte[1])));
		}
	}

	@Test
	void isDeletedWhenTheLastBlobIsUnreachable() throws IOException {
		List<Object> reachable = new ArrayList<>();
		TemporaryFile file = written("abcdef");
		Path path = file.path();
		reachable.add(new Blob(List.of("<", file.toBlob("").slice(1, 5), ">")).slice(0, 4));
		file = null;
		System.gc();
		assertThat(((Blob) reachable.get(0)).text()).isEqualTo("<bcd");
		reachable.clear();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			System.gc();
			return !Files.exists(path);
		});
	}

	@Test
	void isDeletedWhenItIsGivenUp() throws IOException {
		Path path = written("abc").path();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			System.gc();
			return !Files.exists(path);
		});
	}

	@Test
	void deletedFilesLeaveNothingBehind() throws IOException {
		int before = LeftoverFiles.count();
		for (int i = 0; i < 100; i++) {
			TemporaryFile.create().close();
		}
		assertThat(LeftoverFiles.count()).isLessThanOrEqualTo(before);
	}

	@Test
	void isDeletedWhenTheJvmEnds() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				Leaver.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String path = new String(process.getInputStream().readAllBytes()).strip();
		assertThat(process.waitFor()).isZero();
		assertThat(path).contains("xhr-");
		assertThat(Path.of(path)).doesNotExist();
	}

	/** Leaves a file behind. */
	static final class Leaver {

		private static TemporaryFile file;

		private Leaver() {
		}

		public static void main(String[] args) throws IOException {
			file = written("abc");
			if (!Files.exists(file.path())) {
				throw new IOException("no file");
			}
			System.out.println(file.path());
		}

	}

}
