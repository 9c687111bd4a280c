package io.github.springxhr.reliability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.github.springxhr.fixture.Responses;

/**
 * The bytes of a response, and what they say if all arrive.
 *
 * @param name what is particular about it
 * @param method the request's method
 * @param bytes what the server sends
 * @param status the status that the caller sees
 * @param body the body that the caller sees
 * @param end how the end of the body is told
 */
record Recording(String name, String method, byte[] bytes, int status, String body, End end) {

	static List<Recording> all() {
		String text = "hello, world";
		return List.of(get("Content-Length", Responses.ok(text), text), get("empty body", Responses.ok(""), ""),
				get("many headers",
						Responses.ok(text, "Content-Type: text/plain;charset=utf-8", "ETag: \"a\"",
								"Cache-Control: no-store", "Date: Thu, 14 May 2026 08:00:00 GMT"),
						text),
				get("folded white space", Responses.ok(text, "X-Empty:", "X-Space: \t a b \t "), text),
				get("chunked", Responses.chunked("hello, ", "world"), text),
				get("chunk extension",
						Responses.head("200 OK", "Transfer-Encoding: chunked") + "c;a=\"b\"\r\n" + text
								+ "\r\n0\r\n\r\n",
						text),
				get("trailers",
						Responses.head("200 OK", "Transfer-Encoding: chunked", "Trailer: X-Sum")
								+ Responses.chunk(text) + "0\r\nX-Sum: 1\r\n\r\n",
						text),
				coded("gzip", text), coded("deflate", text),
				new Recording("chunked gzip", "GET",
						bytes(Responses.head("200 OK", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
								+ Responses.chunk(latin1(compressed("gzip", text))) + "0\r\n\r\n"),
						200, text, End.TOLD),
				get("103", Responses.head("103 Early Hints", "Link: </a>; rel=preload") + Responses.ok(text), text),
				get("two 102", Responses.head("102 Processing").repeat(2) + Responses.ok(text), text),
				new Recording("204", "GET", bytes(Responses.head("204 No Content", "X-A: b")), 204, "", End.TOLD),
				new Recording("304", "GET", bytes(Responses.head("304 Not Modified", "ETag: \"a\"")), 304, "",
						End.TOLD),
				new Recording("HEAD", "HEAD", bytes(Responses.head("200 OK", "Content-Length: 12")), 200, "", End.TOLD),
				new Recording("404", "GET", bytes(Responses.response("404 Not Found", text)), 404, text, End.TOLD),
				new Recording("POST", "POST", bytes(Responses.response("201 Created", text, "Location: /a")), 201, text,
						End.TOLD),
				new Recording("redirect", "GET", bytes(Responses.redirect("302 Found", "/probe")), 200, "probe",
						End.OF_HEAD),
				new Recording("redirect with a body", "POST",
						bytes(Responses.response("303 See Other", text, "Location: /probe")), 200, "probe",
						End.OF_HEAD),
				new Recording("HTTP/1.0", "GET", bytes("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + text),
						200, text, End.OF_CONNECTION));
	}

	/** Whether this outcome is right although bytes from the offset on are missing. */
	boolean loadsWithout(int offset, int actualStatus, String actualBody) {
		boolean whole = actualStatus == this.status && actualBody.equals(this.body);
		return switch (this.end) {
			case TOLD -> whole && offset == this.bytes.length;
			case OF_HEAD -> whole && offset >= headLength();
			case OF_CONNECTION -> actualStatus == this.status && offset >= headLength()
					&& actualBody.equals(this.body.substring(0, offset - headLength()));
		};
	}

	private int headLength() {
		return latin1(this.bytes).indexOf("\r\n\r\n") + 4;
	}

	private static Recording get(String name, String response, String body) {
		return new Recording(name, "GET", bytes(response), 200, body, End.TOLD);
	}

	private static Recording coded(String coding, String text) {
		String response = Responses.ok(latin1(compressed(coding, text)), "Content-Encoding: " + coding);
		return new Recording(coding, "GET", bytes(response), 200, text, End.TOLD);
	}

	private static byte[] compressed(String coding, String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DeflaterOutputStream coder = coding.equals("gzip") ? new GZIPOutputStream(bytes)
				: new DeflaterOutputStream(bytes)) {
			coder.write(bytes(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static byte[] bytes(String latin1) {
		return Responses.latin1(latin1);
	}

	private static String latin1(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	byte[] first(int count) {
		return Arrays.copyOf(this.bytes, count);
	}

	/**
	 * How the client knows that the response is complete.
	 */
	enum End {

		/** The last byte is needed. */
		TOLD,

		/** Nobody looks at the body of a redirect. */
		OF_HEAD,

		/** All that has arrived before the end is the body. */
		OF_CONNECTION

	}

}
