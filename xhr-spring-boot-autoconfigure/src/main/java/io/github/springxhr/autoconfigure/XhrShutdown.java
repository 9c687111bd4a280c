package io.github.springxhr.autoconfigure;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springxhr.ManagedXhrFactory;
import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Lets the shutdown timeouts of all clients run, together, when everything else has been
 * stopped: the web server has answered its last request, schedulers and listeners are at
 * rest. Then aborts what is in flight, and closes the connections. That takes the longest
 * of the timeouts, not the sum. The clients themselves are closed when the beans that use
 * them have been destroyed, so that these can still send requests.
 * <p>
 * Spring's {@link ReactorResourceFactory} shuts the event loops down when it is stopped,
 * and all connections with them. If there is one, this is in its phase, and before it.
 */
final class XhrShutdown implements SmartLifecycle {

	static final String BEAN_NAME = "xhrShutdown";

	private final ConfigurableListableBeanFactory beanFactory;

	private volatile boolean running;

	XhrShutdown(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		for (String name : eventLoops()) {
			// what depends on a bean is stopped before it
			beanFactory.registerDependentBean(name, BEAN_NAME);
		}
	}

	@Override
	public void start() {
		forEachClient(ManagedXhrFactory::shutdownCancelled);
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		while (drain()) {
			// listeners of one client may have sent requests of another
		}
		forEachClient(ManagedXhrFactory::disconnect);
	}

	private boolean drain() {
		forEachClient(ManagedXhrFactory::shutdownBegins);
		AtomicBoolean waited = new AtomicBoolean();
		forEachClient((client) -> waited.compareAndSet(false, client.drain()));
		return waited.get();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * A context that pauses is not about to stop.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	/**
	 * First to start and last to stop, unless there are event loops.
	 */
	@Override
	public int getPhase() {
		int phase = Integer.MIN_VALUE;
		for (String name : eventLoops()) {
			if (this.beanFactory.getSingleton(name) instanceof Phased loops) {
				phase = Math.max(phase, loops.getPhase());
			}
		}
		return phase;
	}

	private String[] eventLoops() {
		return this.beanFactory.getBeanNamesForType(ReactorResourceFactory.class, false, false);
	}

	/** Leaves alone the clients that nobody has asked for yet. */
	private void forEachClient(Consumer<ManagedXhrFactory> action) {
		for (String name : this.beanFactory.getBeanNamesForType(XhrFactory.class, false, false)) {
			if (this.beanFactory.getSingleton(name) instanceof ManagedXhrFactory client) {
				action.accept(client);
			}
		}
	}

}
