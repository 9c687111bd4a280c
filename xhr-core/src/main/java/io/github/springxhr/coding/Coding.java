package io.github.springxhr.coding;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The codings that can be undone, in the order in which they are offered. Those with a
 * library of their own are there if it is, and works.
 */
enum Coding {

	GZIP("gzip", true, GzipLayer::new),

	DEFLATE("deflate", true, DeflateLayer::new),

	BR("br", isUsable("com.aayushatharva.brotli4j.decoder.DecoderJNI", () -> BrotliLayer.isLoaded()),
			() -> new BrotliLayer()),

	ZSTD("zstd", isUsable("com.github.luben.zstd.ZstdDecompressCtx", () -> ZstdLayer.isLoaded()),
			() -> new ZstdLayer());

	private final String token;

	private final boolean available;

	private final Supplier<CodingLayer> layer;

	Coding(String token, boolean available, Supplier<CodingLayer> layer) {
		this.token = token;
		this.available = available;
		this.layer = layer;
	}

	/**
	 * Find a coding.
	 * @param token its name, in lower case
	 * @return the coding, or {@code null} if it cannot be undone
	 */
	static @Nullable Coding forToken(String token) {
		String name = token.equals("x-gzip") ? "gzip" : token;
		return Arrays.stream(values())
			.filter((coding) -> coding.available && coding.token.equals(name))
			.findFirst()
			.orElse(null);
	}

	String getToken() {
		return this.token;
	}

	boolean isAvailable() {
		return this.available;
	}

	CodingLayer newLayer() {
		return this.layer.get();
	}

	/** A native library may be missing, or be for another machine. */
	private static boolean isUsable(String className, BooleanSupplier loaded) {
		try {
			return ClassUtils.isPresent(className, Coding.class.getClassLoader()) && loaded.getAsBoolean();
		}
		catch (LinkageError | RuntimeException ex) {
			return false;
		}
	}

}
