package io.github.springxhr.autoconfigure;

import java.util.function.Consumer;

import io.github.springxhr.ManagedXhrFactory;
import io.github.springxhr.XhrFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the shutdown timeouts of all clients begin to run together, when everything else
 * has been stopped: the web server has answered its last request, schedulers and
 * listeners are at rest. The clients themselves are closed when the beans that use them
 * have been destroyed, so that these can still send requests. Closing them one after the
 * other takes the longest of their timeouts, not the sum.
 */
final class XhrShutdown implements SmartLifecycle {

	private final ConfigurableListableBeanFactory beanFactory;

	private volatile boolean running;

	XhrShutdown(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
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
	 * First to start, last to stop.
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
