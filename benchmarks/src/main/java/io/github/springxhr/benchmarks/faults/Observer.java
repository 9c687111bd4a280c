package io.github.springxhr.benchmarks.faults;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.springxhr.reliability.Position;
import io.github.springxhr.reliability.Scene;
import org.jspecify.annotations.Nullable;

/**
 * Asks a client a question.
 */
final class Observer implements AutoCloseable {

	/** Until both sides have noticed what the other has done. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private final Duration time;

	private final Duration stop;

	private final ExecutorService callers = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "caller");
		thread.setDaemon(true);
		return thread;
	});

	Observer(Duration time, Duration stop) {
		this.time = time;
		this.stop = stop;
	}

	/**
	 * Ask.
	 * @return what has come of it, or {@code null} if the client cannot be asked that
	 */
	@Nullable Observation ask(Question question, Contestant contestant) throws Exception {
		Scene scene = new Scene(question.fault(), question.position(), question.transport(), this.time);
		try {
			Limits limits = new Limits(this.time.dividedBy(2), this.time, question.fault().sizeLimit(),
					question.fault().names(scene));
			if (contestant == Contestant.JDK && limits.names() != null && !canBeGiven(question)) {
				return null;
			}
			String url = scene.url();
			try (FaultClient client = contestant.create(limits)) {
				return ask(question, client, scene, url);
			}
		}
		finally {
			close(scene);
		}
	}

	private static boolean canBeGiven(Question question) {
		// a file answers at once
		return System.getProperty(JdkFaultClient.HOSTS) != null && !question.fault().name().startsWith("slow");
	}

	private Observation ask(Question question, FaultClient client, Scene scene, String url) throws Exception {
		if (question.position() == Position.REUSED) {
			Observation warm = observe(client, Order.get(scene.targetUrl("/warm")), scene, false);
			if (!warm.has(200, "hello")) {
				throw new IllegalStateException("The first request: " + warm);
			}
			Thread.sleep(PAUSE.toMillis());
			scene.target().open("kept");
			Thread.sleep(PAUSE.toMillis());
		}
		if (!question.isLate()) {
			scene.target().open("fault");
		}
		Observation told = observe(client, question.order(url), scene, question.isRedirect());
		if (told.isEndless()) {
			return told;
		}
		Thread.sleep(PAUSE.toMillis());
		if (question.isLate()) {
			scene.target().open("fault");
			Thread.sleep(PAUSE.toMillis());
		}
		String next = question.fault().isProbed() ? next(client, scene) : null;
		return new Observation(told.reply(), told.failure(), scene.delivered(), told.redirect(), next);
	}

	private @Nullable String next(FaultClient client, Scene scene) throws Exception {
		Observation next = observe(client, Order.get(scene.targetUrl("/probe")), scene, false);
		return next.has(200, "probe") ? null : new Observation(next.reply(), next.failure(), 0, false, null).toString();
	}

	private Observation observe(FaultClient client, Order order, Scene scene, boolean redirect) throws Exception {
		Future<Reply> call = this.callers.submit(() -> client.send(order));
		try {
			Reply reply = call.get(this.stop.toMillis(), TimeUnit.MILLISECONDS);
			return new Observation(reply, null, scene.delivered(), redirect, null);
		}
		catch (ExecutionException ex) {
			return new Observation(null, name(ex.getCause()), scene.delivered(), redirect, null);
		}
		catch (TimeoutException ex) {
			call.cancel(true);
			return new Observation(null, null, scene.delivered(), redirect, null);
		}
	}

	/** The class of an exception, without what others have wrapped it in. */
	private static String name(Throwable thrown) {
		if (thrown instanceof XhrFaultClient.Failed) {
			return String.valueOf(thrown.getMessage());
		}
		Throwable cause = thrown.getCause();
		if (cause != null && (thrown instanceof CompletionException || thrown instanceof ExecutionException
				|| thrown.getClass().getName().startsWith("reactor.core.Exceptions"))) {
			return name(cause);
		}
		String name = thrown.getClass().getSimpleName();
		return name.isEmpty() ? thrown.getClass().getSuperclass().getSimpleName() : name;
	}

	/** A script that a client has left waiting is no failure. */
	private static void close(Scene scene) {
		try {
			scene.close();
		}
		catch (AssertionError ex) {
			if (Boolean.getBoolean("trace")) {
				ex.printStackTrace();
			}
		}
	}

	@Override
	public void close() {
		this.callers.shutdownNow();
	}

}
