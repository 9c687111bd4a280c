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
		return PRESENT ? new ContextPropagation(Snapshots.FACTORY.captureAll(contexts)) : NONE;
	}

	void run(Runnable task) {
		if (this.snapshot != null) {
			Snapshots.run(this.snapshot, task);
		}
		else {
			task.run();
		}
	}

	/** Loaded only if the library is there. */
	private static final class Snapshots {

		private static final ContextSnapshotFactory FACTORY = create();

		private static ContextSnapshotFactory create() {
			ContextRegistry registry = new ContextRegistry();
			ContextRegistry global = ContextRegistry.getInstance();
			global.getContextAccessors().forEach(registry::registerContextAccessor);
			global.getThreadLocalAccessors().forEach(registry::registerThreadLocalAccessor);
			if (ClassUtils.isPresent("org.slf4j.MDC", Snapshots.class.getClassLoader())) {
				registry.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
			}
			return ContextSnapshotFactory.builder().contextRegistry(registry).clearMissing(true).build();
		}

		static void run(Object snapshot, Runnable task) {
			ContextSnapshot.Scope scope = ((ContextSnapshot) snapshot).setThreadLocals();
			try {
				task.run();
			}
			finally {
				scope.close();
			}
		}

	}

}
