package io.github.springxhr.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.springxhr.StreamBody;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.http.FailureKind;
import reactor.core.publisher.Flux;

/**
 * What goes wrong in a soak: what the server does, what the client does about it, and how
 * the request fails. Every twentieth request meets one, each its turn.
 */
enum SoakFault {

	FIN_UNANSWERED(FailureKind.CONNECTION_CLOSED) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.close();
		}
	},

	RST_UNANSWERED(FailureKind.CONNECTION_CLOSED) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.reset();
		}
	},

	SILENCE(FailureKind.TIMEOUT) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.awaitPeerClosed();
		}
	},

	GARBAGE(FailureKind.PROTOCOL) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send("nonsense\r\n\r\n").close();
		}
	},

	LARGE_HEAD(FailureKind.PROTOCOL) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(Responses.ok("hello", "X-A: " + "a".repeat(100_000))).close();
		}
	},

	MANY_INTERIM(FailureKind.PROTOCOL) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(Responses.head("103 Early Hints").repeat(1000) + Responses.ok("hello")).close();
		}
	},

	FIN_IN_BODY(FailureKind.CONNECTION_CLOSED) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(HALF).close();
		}
	},

	RST_IN_BODY(FailureKind.CONNECTION_CLOSED) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(HALF).reset();
		}
	},

	FIN_IN_CHUNK(FailureKind.CONNECTION_CLOSED) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(CHUNKED + "a\r\nhello").close();
		}
	},

	BAD_CHUNK(FailureKind.PROTOCOL) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(CHUNKED + "zz\r\nhello\r\n").close();
		}
	},

	SILENCE_IN_BODY(FailureKind.TIMEOUT) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(HALF).awaitPeerClosed();
		}
	},

	ABORTED_IN_BODY(FailureKind.ABORT) {
		@Override
		void prepare(XMLHttpRequest xhr) {
			xhr.addEventListener("progress", (event) -> xhr.abort());
		}

		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(HALF).awaitPeerClosed();
		}
	},

	ABORTED_UNANSWERED(FailureKind.ABORT) {
		@Override
		void prepare(XMLHttpRequest xhr) {
			xhr.getUpload().addEventListener("load", (event) -> xhr.abort());
		}

		@Override
		void answer(FaultConnection connection, int index) {
			connection.awaitPeerClosed();
		}
	},

	CORRUPT_GZIP(FailureKind.DECODE) {
		@Override
		void answer(FaultConnection connection, int index) {
			byte[] text = FaultCatalog.coded("hello".repeat(100).getBytes(StandardCharsets.UTF_8), "gzip");
			coded(connection, "gzip", Arrays.copyOf(text, text.length - 6));
		}
	},

	BOMB(FailureKind.TOO_LARGE) {
		@Override
		void answer(FaultConnection connection, int index) {
			String[] codings = { "gzip", "deflate", "br", "zstd" };
			String coding = codings[index % codings.length];
			coded(connection, coding, Bombs.of(coding));
		}
	},

	TOO_LONG(FailureKind.TOO_LARGE) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(Responses.head("200 OK", "Content-Length: 10737418240")).awaitPeerClosed();
		}
	},

	REDIRECT_LOOP(FailureKind.REDIRECT) {
		@Override
		void answer(FaultConnection connection, int index) {
			connection.send(Responses.redirect("307 Temporary Redirect", "?" + index));
		}
	},

	UPLOAD_CUT(FailureKind.CONNECTION_CLOSED) {
		@Override
		void send(XMLHttpRequest xhr) {
			xhr.send(new byte[256 * 1024]);
		}

		@Override
		void answer(FaultConnection connection, int index) {
			connection.reset();
		}
	},

	BODY_SOURCE(FailureKind.REQUEST_BODY) {
		@Override
		void send(XMLHttpRequest xhr) {
			xhr.send(new StreamBody(
					Flux.just(ByteBuffer.wrap(new byte[2])).concatWith(Flux.error(new IOException("on purpose"))), 5));
		}

		@Override
		void answer(FaultConnection connection, int index) {
			connection.awaitPeerClosed();
		}
	},

	NOBODY_LISTENS(FailureKind.CONNECT) {
		@Override
		void answer(FaultConnection connection, int index) {
			throw new IllegalStateException("it listens");
		}
	};

	private static final String HALF = Responses.head("200 OK", "Content-Length: 10") + "hello";

	private static final String CHUNKED = Responses.head("200 OK", "Transfer-Encoding: chunked");

	private static final int ONE_OF = 20;

	/** How the request fails. */
	final FailureKind kind;

	SoakFault(FailureKind kind) {
		this.kind = kind;
	}

	/**
	 * What a request meets.
	 * @param index which request it is
	 * @return the fault, or {@code null} if there is none
	 */
	static SoakFault of(int index) {
		return (index % ONE_OF == 3) ? values()[index / ONE_OF % values().length] : null;
	}

	/** The server has read the request, or its head. */
	abstract void answer(FaultConnection connection, int index);

	void prepare(XMLHttpRequest xhr) {
		// nothing to do
	}

	void send(XMLHttpRequest xhr) {
		xhr.send("content");
	}

	/** Whether the server waits for the body before it answers. */
	boolean readsBody() {
		return this != UPLOAD_CUT && this != BODY_SOURCE;
	}

	private static void coded(FaultConnection connection, String coding, byte[] body) {
		connection.send(Responses.head("200 OK", "Content-Encoding: " + coding, "Content-Length: " + body.length));
		connection.send(body);
	}

}
