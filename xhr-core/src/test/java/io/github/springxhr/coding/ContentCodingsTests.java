package io.github.springxhr.coding;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;

import io.github.springxhr.coding.ContentCodingException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is offered, and what becomes of a Content-Encoding header.
 */
class ContentCodingsTests {

	private static final byte[] BODY = Coded.text(500);

	@Test
	void offersWhatItCanDecode() {
		assertThat(ContentCodings.acceptEncoding()).isEqualTo("gzip, deflate, br, zstd");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			value = { "gzip | gzip", "GZip | gzip", "x-gzip | gzip", "X-GZIP | gzip", "identity, gzip | gzip",
					"gzip, identity | gzip", "IDENTITY,gzip | gzip", "' gzip\t' | gzip", "',gzip' | gzip",
					"'gzip, ,' | gzip", "Deflate | deflate", "deflate | raw", "BR | br", "Zstd | zstd",
					"'deflate , gzip' | deflate gzip", "'gzip,,zstd' | gzip zstd" })
	void undoesWhatTheHeaderSays(String header, String codings) throws Exception {
		assertThat(Coded.decode(header, Coded.encode(BODY, codings.split(" ")))).isEqualTo(BODY);
	}

	static Stream<List<String>> passedOn() {
		return Stream.of(List.of(), List.of(""), List.of(" , ,"), List.of("identity"), List.of("identity", "Identity"),
				List.of("compress"), List.of("x-compress"), List.of("gzip, compress"), List.of("compress", "gzip"),
				List.of("x-deflate"), List.of("gzip;q=1"), List.of("\"gzip\""), List.of("gzip deflate"),
				List.of("gzip/1"), List.of("g\u017Aip"), List.of("\u212A"), List.of("aws-chunked"), List.of("UTF-8"),
				List.of("a, gzip, gzip, gzip, gzip, gzip, gzip"));
	}

	@ParameterizedTest
	@MethodSource
	void passedOn(List<String> values) throws Exception {
		assertThat(ContentCodings.decoderFor(values, 1)).isNull();
	}

	@Test
	void joinsSeveralHeaders() throws Exception {
		byte[] coded = Coded.encode(BODY, "zstd", "gzip");
		try (ContentDecoder decoder = ContentCodings.decoderFor(List.of("zstd", "gzip"), 1000)) {
			assertThat(decoder).isNotNull();
			decoder.decode(coded, 0, coded.length,
					(bytes, offset, length) -> assertThat(bytes).startsWith(BODY[0], BODY[1]));
			decoder.finish((bytes, offset, length) -> {
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip,gzip,gzip,gzip,gzip,gzip", "gzip, deflate, br, zstd, x-gzip, gzip",
			"gzip,gzip,gzip,identity,gzip,gzip,gzip" })
	void refusesMoreThanFive(String header) {
		assertThatExceptionOfType(ContentCodingException.class)
			.isThrownBy(() -> ContentCodings.decoderFor(List.of(header), 1))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(Reason.TOO_MANY_CODINGS))
			.withMessage("The body has too many content codings");
	}

	@Test
	void refusesANegativeLimit() {
		assertThatIllegalArgumentException().isThrownBy(() -> ContentCodings.decoderFor(List.of("gzip"), -1));
	}

	static Stream<Arguments> missing() {
		return Stream.of(arguments("com.aayushatharva.", "gzip, deflate, zstd"),
				arguments("com.github.luben.", "gzip, deflate, br"),
				// The libraries are there, and nothing native
				arguments("libbrotli", "gzip, deflate, zstd"), arguments("libzstd-jni", "gzip, deflate, br"));
	}

	@ParameterizedTest(name = "without {0}")
	@MethodSource("missing")
	void doesWithoutALibrary(String hidden, String offered) throws Exception {
		ClassLoader loader = new HidingClassLoader(hidden);
		Class<?> codings = loader.loadClass(ContentCodings.class.getName());
		assertThat(codings).isNotSameAs(ContentCodings.class);
		assertThat(codings.getMethod("acceptEncoding").invoke(null)).isEqualTo(offered);
		String coding = offered.endsWith("br") ? "zstd" : "br";
		assertThat(codings.getMethod("decoderFor", List.class, long.class).invoke(null, List.of(coding), 1L)).isNull();
		assertThat(codings.getMethod("decoderFor", List.class, long.class).invoke(null, List.of("gzip"), 1L))
			.isNotNull();
	}

	/** Loads the codings and their libraries anew, some of them excepted. */
	private static final class HidingClassLoader extends ClassLoader {

		private final String hidden;

		HidingClassLoader(String hidden) {
			super(ContentCodingsTests.class.getClassLoader());
			this.hidden = hidden;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith(this.hidden)) {
				throw new ClassNotFoundException(name);
			}
			if (!name.startsWith("io.github.springxhr.coding.") && !name.startsWith("com.aayushatharva.")
					&& !name.startsWith("com.github.luben.")) {
				return super.loadClass(name, resolve);
			}
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : define(name);
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				if (in == null) {
					throw new ClassNotFoundException(name);
				}
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

		@Override
		public @Nullable URL getResource(String name) {
			return name.contains(this.hidden) ? null : super.getResource(name);
		}

		@Override
		public @Nullable InputStream getResourceAsStream(String name) {
			return name.contains(this.hidden) ? null : super.getResourceAsStream(name);
		}

	}

}
