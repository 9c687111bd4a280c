package io.github.springxhr.autoconfigure;

import java.util.function.Consumer;

import io.github.springxhr.ManagedXhrFactory;
import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Lets the shutdown timeouts of all clients run, together, when everything else has been
 * stopped: the web server has answered its last request, schedulers and listeners are at
 * rest. Then aborts what is in flight. That takes the longest of the timeouts, not the
 * sum. The clients themselves are closed when the beans that use them have been
 * destroyed, so that these can still send requests.
 * <p>
 * Spring's {@link ReactorResourceFactory} shuts the event loops down when it is stopped,
 * and all connections with them. It has to wait, whatever its phase is.
 */
final class XhrShutdown implements SmartLifecycle {

	static final String BEAN_NAME = "xhrShutdown";

	private final ConfigurableListableBeanFactory beanFactory;

	private volatile boolean running;

	XhrShutdown(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		for (String name : beanFactory.getBeanNamesForType(ReactorResourceFactory.class, false, false)) {
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
		forEachClient(ManagedXhrFactory::shutdownBegins);
		forEachClient(ManagedXhrFactory::drain);
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
	 * First to start, last to stop but for the event loops.
	 */
	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
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
