package io.github.springxhr.benchmarks.faults;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Asks all clients the same at the same time, each with a server of its own.
 */
final class Survey implements AutoCloseable {

	/** What a busy machine has done to a request is not told twice. */
	private static final int SAME = 2;

	private static final int MOST = 7;

	private final Observer observer;

	private final ExecutorService askers = Executors.newFixedThreadPool(Contestant.values().length, (task) -> {
		Thread thread = new Thread(task, "asker");
		thread.setDaemon(true);
		return thread;
	});

	Survey() {
		this(Limits.TIME, Limits.STOP);
	}

	/** For questions that no client needs a limit of time for. */
	Survey(Duration time, Duration stop) {
		this.observer = new Observer(time, stop);
	}

	/**
	 * Let all classes be loaded and all certificates be made.
	 */
	void warmUp() throws Exception {
		// by one thread, or it complains
		LoggerFactory.getILoggerFactory();
		for (Question question : Question.all()) {
			if (question.label().equals("trailers") || question.label().equals("certificate expired")) {
				ask(question);
			}
		}
	}

	/**
	 * Ask all clients.
	 * @return what has come of it; nothing of clients that cannot be asked that
	 */
	Map<Contestant, Observation> ask(Question question) throws Exception {
		Map<Contestant, Future<@Nullable Observation>> asked = new EnumMap<>(Contestant.class);
		for (Contestant contestant : Contestant.values()) {
			asked.put(contestant, this.askers.submit(() -> settled(question, contestant)));
		}
		Map<Contestant, Observation> told = new EnumMap<>(Contestant.class);
		for (Map.Entry<Contestant, Future<@Nullable Observation>> entry : asked.entrySet()) {
			try {
				Observation observation = entry.getValue().get();
				if (observation != null) {
					told.put(entry.getKey(), observation);
				}
			}
			catch (ExecutionException ex) {
				throw new IllegalStateException(question.label() + ": " + entry.getKey(), ex);
			}
		}
		return told;
	}

	/** Asks until the same has come of it twice. */
	private @Nullable Observation settled(Question question, Contestant contestant) throws Exception {
		Map<String, Integer> seen = new HashMap<>();
		for (int i = 0; i < MOST; i++) {
			Observation told = this.observer.ask(question, contestant);
			if (told == null) {
				return null;
			}
			told = question.isRacy() ? told.unnamed() : told;
			if (seen.merge(told.toString(), 1, Integer::sum) == SAME) {
				if (seen.size() > 1) {
					System.err.println(question.label() + ", " + contestant.label() + ": " + seen);
				}
				return told;
			}
		}
		throw new IllegalStateException("It is different each time: " + seen.keySet());
	}

	@Override
	public void close() {
		this.observer.close();
		this.askers.shutdownNow();
	}

}
