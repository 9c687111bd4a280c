package io.github.springxhr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every call at every moment, from the request's own listener or from another thread:
 * what happens is written down in full in {@code call-matrix.txt}. The request is a POST
 * of five bytes with upload listeners, answered by six bytes in two chunks.
 */
class CallMatrixTests {

	private static final Map<String, String> EXPECTED = read();

	@TestFactory
	Stream<DynamicTest> cells() {
		return Arrays.stream(Moment.values())
			.flatMap((moment) -> Arrays.stream(Act.values())
				.flatMap((act) -> Stream.of(true, false)
					.filter((own) -> !own || moment.listener != null)
					.map((own) -> cell(moment, act, own))));
	}

	@Test
	void tableHasNoOtherCells() {
		assertThat(EXPECTED).hasSize((int) cells().count());
	}

	private static DynamicTest cell(Moment moment, Act act, boolean own) {
		String name = moment + " " + act + " " + (own ? "LISTENER" : "THREAD");
		return DynamicTest.dynamicTest(name,
				() -> assertThat(new Run(moment, act, own).log()).isEqualTo(EXPECTED.get(name)));
	}

	private static Map<String, String> read() {
		Map<String, String> cells = new LinkedHashMap<>();
		try (InputStream stream = CallMatrixTests.class.getResourceAsStream("call-matrix.txt")) {
			String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			text.lines().filter((line) -> line.contains(": ")).forEach((line) -> {
				String[] parts = line.split(": ", 2);
				cells.put(parts[0], parts[1]);
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return cells;
	}

	/**
	 * When the call is made: between two steps, or while the listeners of an event run.
	 */
	enum Moment {

		UNSENT(null), OPENED(null), DURING_LOADSTART("loadstart"), UPLOADING(null), HEADERS_RECEIVED(null),
		DURING_READYSTATECHANGE_2("readystatechange"), LOADING(null), DURING_PROGRESS("progress"), DURING_LOAD("load"),
		DURING_LOADEND("loadend"), DONE(null);

		private final String listener;

		Moment(String listener) {
			this.listener = listener;
		}

	}

	/**
	 * The call.
	 */
	enum Act {

		ABORT {
			@Override
			void on(XMLHttpRequest xhr) {
				xhr.abort();
			}
		},

		OPEN {
			@Override
			void on(XMLHttpRequest xhr) {
				xhr.open("GET", "second");
			}
		},

		OPEN_SEND {
			@Override
			void on(XMLHttpRequest xhr) {
				xhr.open("POST", "second");
				xhr.send("123");
			}
		},

		SEND {
			@Override
			void on(XMLHttpRequest xhr) {
				xhr.send("123");
			}
		},

		TIMEOUT_1MS {
			@Override
			void on(XMLHttpRequest xhr) {
				xhr.setTimeout(1);
			}
		},

		TIMEOUT_CHANGED {
			@Override
			void on(XMLHttpRequest xhr) {
				xhr.setTimeout(60_000);
			}
		},

		THROW {
			@Override
			void on(XMLHttpRequest xhr) {
				throw new IllegalStateException("on purpose");
			}
		},

		OVERRIDE_MIME_TYPE {
			@Override
			void on(XMLHttpRequest xhr) {
				xhr.overrideMimeType("text/plain");
			}
		},

		SET_RESPONSE_TYPE {
			@Override
			void on(XMLHttpRequest xhr) {
				xhr.setResponseType(XMLHttpRequestResponseType.TEXT);
			}
		};

		abstract void on(XMLHttpRequest xhr);

	}

	/**
	 * One cell.
	 */
	private static final class Run {

		private final FakeNetwork network = new FakeNetwork();

		private final XMLHttpRequest xhr = this.network.create();

		private final EventLog log = EventLog.of(this.xhr);

		private final Moment moment;

		private final Act act;

		private final boolean own;

		private Thread other;

		private boolean acted;

		Run(Moment moment, Act act, boolean own) {
			this.moment = moment;
			this.act = act;
			this.own = own;
			if (moment.listener != null) {
				this.xhr.addEventListener(moment.listener, (event) -> {
					boolean wanted = moment != Moment.DURING_READYSTATECHANGE_2 || this.xhr.getReadyState() == 2;
					if (wanted && !this.acted) {
						actInListener();
					}
				});
			}
		}

		String log() throws InterruptedException {
			step(Moment.UNSENT, () -> {
			});
			step(Moment.OPENED, () -> this.xhr.open("POST", "first"));
			step(null, () -> this.xhr.send("12345"));
			step(Moment.UPLOADING, () -> first().sent(5));
			step(Moment.HEADERS_RECEIVED, () -> first().allSent().head(200, "Content-Length", "6"));
			step(Moment.LOADING, () -> first().chunk("abc"));
			step(Moment.DONE, () -> first().chunk("def").end());
			if (this.network.transport.exchanges.size() > 1) {
				step(null, () -> this.network.transport.last().sent(3).allSent().head(200).chunk("z").end());
			}
			assertThat(this.network.transport.unreleasedChunks).isZero();
			assertThat(this.acted).isTrue();
			return String.join(" | ", this.log.entries()) + " => " + this.xhr.getReadyState();
		}

		private FakeTransport.FakeExchange first() {
			return this.network.transport.exchanges.get(0);
		}

		private void step(Moment reached, Runnable step) throws InterruptedException {
			try {
				step.run();
			}
			catch (XhrException ex) {
				this.log.note("script " + ex.getName());
			}
			catch (IndexOutOfBoundsException ex) {
				// nothing was fetched
			}
			settle();
			if (reached == this.moment) {
				actFromThread();
				settle();
			}
		}

		private void settle() throws InterruptedException {
			this.network.run();
			if (this.other != null) {
				this.other.join(10_000);
				assertThat(this.other.isAlive()).isFalse();
				this.other = null;
				this.network.run();
			}
			this.network.timers.advance(Duration.ofMillis(1));
			this.network.run();
		}

		private void actInListener() {
			this.acted = true;
			if (this.own) {
				act();
				return;
			}
			actFromThread();
			// a call other than abort() waits for the lane, which this listener holds
			while (this.other.isAlive() && this.other.getState() != Thread.State.WAITING) {
				Thread.onSpinWait();
			}
			this.log.note("listener ends");
		}

		private void actFromThread() {
			this.acted = true;
			this.other = new Thread(this::act);
			this.other.start();
			if (this.moment.listener == null) {
				try {
					this.other.join(10_000);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
		}

		private void act() {
			if (this.own || this.moment.listener == null) {
				this.log.note("act");
			}
			try {
				this.act.on(this.xhr);
			}
			catch (XhrException ex) {
				this.log.note("refused " + ex.getName());
			}
			catch (IllegalStateException ex) {
				if (this.own) {
					throw ex;
				}
			}
		}

	}

	/**
	 * Prints the table of what the code does, to be read before it becomes what it should
	 * do.
	 * @param args ignored
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		for (Moment moment : Moment.values()) {
			for (Act act : Act.values()) {
				for (boolean own : new boolean[] { true, false }) {
					if (!own || moment.listener != null) {
						System.out.println(moment + " " + act + " " + (own ? "LISTENER" : "THREAD") + ": "
								+ new Run(moment, act, own).log());
					}
				}
			}
		}
	}

}
