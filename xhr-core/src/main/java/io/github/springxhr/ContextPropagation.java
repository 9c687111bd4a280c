package io.github.springxhr;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Carries what belongs to the caller of {@code send()}, such as the current observation
 * and the logging context, to the threads on which listeners run. Does nothing without
 * Micrometer's context-propagation library.
 */
final class ContextPropagation {

	private static final boolean PRESENT = ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory",
			ContextPropagation.class.getClassLoader());

	private static final ContextPropagation NONE = new ContextPropagation(null);

	private final @Nullable Object snapshot;

	private ContextPropagation(@Nullable Object snapshot) {
		this.snapshot = snapshot;
	}

	/**
	 * Capture the context of the current thread.
	 * @param contexts further contexts, such as Reactor's
	 */
	static ContextPropagation capture(Object... contexts) {
		return PRESENT ? new ContextPropagation(new Snapshots(contexts)) : NONE;
	}

	/** Whether there is nothing to make current. */
	boolean isNone() {
		return this.snapshot == null;
	}

	void run(Runnable task) {
		if (this.snapshot != null) {
			((Snapshots) this.snapshot).run(task);
		}
		else {
			task.run();
		}
	}

	/** Loaded only if the library is there. */
	private static final class Snapshots {

		/** By the application's registry, so that what it registers later counts too. */
		private static final ContextSnapshotFactory APPLICATION = ContextSnapshotFactory.builder()
			.clearMissing(true)
			.build();

		private static final @Nullable ContextSnapshotFactory LOGGING = logging();

		private static @Nullable ContextSnapshotFactory logging() {
			if (!ClassUtils.isPresent("org.slf4j.MDC", Snapshots.class.getClassLoader())) {
				return null;
			}
			ContextRegistry registry = new ContextRegistry();
			registry.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
			return ContextSnapshotFactory.builder().contextRegistry(registry).clearMissing(true).build();
		}

		private final ContextSnapshot application;

		private final @Nullable ContextSnapshot logging;

		private Snapshots(Object... contexts) {
			this.application = APPLICATION.captureAll(contexts);
			this.logging = (LOGGING != null) ? LOGGING.captureAll() : null;
		}

		void run(Runnable task) {
			ContextSnapshot.Scope scope = this.application.setThreadLocals();
			try {
				runWithLogging(task);
			}
			finally {
				scope.close();
			}
		}

		private void runWithLogging(Runnable task) {
			if (this.logging == null) {
				task.run();
				return;
			}
			ContextSnapshot.Scope scope = this.logging.setThreadLocals();
			try {
				task.run();
			}
			finally {
				scope.close();
			}
		}

	}

}
