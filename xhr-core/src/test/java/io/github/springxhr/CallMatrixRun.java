package io.github.springxhr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.CallMatrix.Act;
import io.github.springxhr.CallMatrix.Cell;
import io.github.springxhr.CallMatrix.Moment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One cell of the matrix, run over a network that is the test. Besides the log it keeps
 * what the log does not say.
 */
final class CallMatrixRun implements AutoCloseable {

	private static final List<String> FAILURES = List.of("error", "abort", "timeout");

	private final FakeNetwork network = new FakeNetwork();

	final XMLHttpRequest xhr = this.network.create();

	private final EventLog log = EventLog.of(this.xhr);

	private final Cell cell;

	/** What a failed request has kept, though it should not. */
	private final List<String> kept = new ArrayList<>();

	/** Of each request that was begun, whether it has a body. */
	private final List<Boolean> bodies = new ArrayList<>();

	/** How long the log was when the call had replaced the request. */
	private volatile int replacedAt = -1;

	private volatile boolean withBody;

	private Thread other;

	private boolean acted;

	CallMatrixRun(Cell cell) {
		this.cell = cell;
		this.xhr.addEventListener("loadstart", (event) -> this.bodies.add(this.withBody));
		String listener = cell.moment().listener;
		if (listener != null) {
			XMLHttpRequestEventTarget target = listener.startsWith("upload.") ? this.xhr.getUpload() : this.xhr;
			target.addEventListener(listener.replace("upload.", ""), (event) -> {
				if (!this.acted && cell.moment().isNow(this.xhr)) {
					actInListener();
				}
			});
		}
		FAILURES.forEach((type) -> this.xhr.addEventListener(type, (event) -> lookAtFailure(type, 4)));
	}

	/**
	 * Run it to its end.
	 * @return the events and notes, and the state at last
	 */
	String log() throws InterruptedException {
		step(Moment.UNSENT, () -> {
		});
		step(Moment.OPENED, () -> {
			this.withBody = true;
			this.xhr.open("POST", "first");
		});
		step(null, () -> this.xhr.send("12345"));
		step(Moment.UPLOADING, () -> first().sent(5));
		step(Moment.HEADERS_RECEIVED, () -> first().allSent().head(200, "Content-Length", "6"));
		step(Moment.LOADING, () -> first().chunk("abc"));
		step(Moment.DONE, () -> first().chunk("def").end());
		if (this.network.transport.exchanges.size() > 1) {
			step(null, () -> this.network.transport.last().sent(3).allSent().head(200).chunk("z").end());
		}
		assertThat(this.acted).isTrue();
		return String.join(" | ", this.log.entries()) + " => " + this.xhr.getReadyState();
	}

	/**
	 * What holds for every request, said of the events alone and of what is left of the
	 * request, whatever the table expects.
	 */
	void assertWhatHoldsForEveryRequest() {
		CallLog requests = CallLog.of(this.log.entries(), this.replacedAt);
		String story = this.log.entries().toString();
		assertThat(requests.violations()).as(story).isEmpty();
		assertThat(requests.replaced()).as("replaced in " + story).isLessThanOrEqualTo(this.cell.act().opens() ? 1 : 0);
		assertThat(requests.violationsOfUploads(this.bodies)).as(story).isEmpty();
		assertThat(this.kept).as("kept by a failed request").isEmpty();
		if (this.xhr.getReadyState() == 0) {
			lookAtFailure("abort()", 0);
			assertThat(this.kept).as("kept after abort()").isEmpty();
		}
		if (this.cell.act() == Act.TIMEOUT_1MS && this.cell.moment().isBeforeTheEnd()) {
			assertThat(requests.summary()).isEqualTo("timeout");
		}
		assertThat(this.network.transport.exchanges.stream().filter((exchange) -> !exchange.cancelled))
			.as("fetches that were not given up: " + story)
			.hasSizeLessThanOrEqualTo(requests.loads());
		assertThat(this.network.timers.size()).as("alarms that are left").isZero();
		assertThat(this.network.transport.unreleasedChunks).as("buffers that are left").isZero();
	}

	/** Called by the acts. */
	void open(String method, String url) {
		this.withBody = !method.equals("GET");
		this.xhr.open(method, url);
		this.replacedAt = this.log.entries().size();
	}

	private void lookAtFailure(String when, int state) {
		if (this.xhr.getReadyState() != state || this.xhr.getStatus() != 0 || !this.xhr.getStatusText().isEmpty()
				|| !this.xhr.getAllResponseHeaders().isEmpty() || !this.xhr.getResponseText().isEmpty()
				|| !this.xhr.getResponseURL().isEmpty()) {
			this.kept.add(when + ": " + this.xhr.getReadyState() + " " + this.xhr.getStatus() + " "
					+ this.xhr.getAllResponseHeaders() + " " + this.xhr.getResponseText());
		}
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
		if (reached == this.cell.moment()) {
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
		if (this.cell.own()) {
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
		if (this.cell.moment().listener == null) {
			try {
				this.other.join(10_000);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private void act() {
		if (this.cell.own() || this.cell.moment().listener == null) {
			this.log.note("act");
		}
		try {
			this.cell.act().on(this);
		}
		catch (XhrException ex) {
			this.log.note("refused " + ex.getName());
		}
	}

	@Override
	public void close() {
		this.network.close();
	}

	/**
	 * Prints the table of what the code does, to be read before it becomes what it should
	 * do.
	 * @param args ignored
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		for (Cell cell : CallMatrix.sensible()) {
			try (CallMatrixRun run = new CallMatrixRun(cell)) {
				System.out.println(cell + ": " + run.log());
			}
		}
	}

}
