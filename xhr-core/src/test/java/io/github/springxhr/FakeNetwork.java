package io.github.springxhr;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * A factory in virtual time, whose network and event executor are run by the test.
 */
final class FakeNetwork implements AutoCloseable {

	final FakeTransport transport = new FakeTransport();

	final ManualExecutor executor = new ManualExecutor();

	final VirtualTimers timers = new VirtualTimers();

	final XhrFactory factory;

	FakeNetwork(XhrListener.Factory... listeners) {
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
			.baseUrl("http://server.test/base/")
			.transport(this.transport)
			.eventExecutor(this.executor)
			.timers(this.timers);
		for (XhrListener.Factory listener : listeners) {
			builder.listener(listener);
		}
		this.factory = builder.build();
	}

	XMLHttpRequest create() {
		return this.factory.create();
	}

	/** Run the posted tasks. */
	void run() {
		this.executor.run();
	}

	@Override
	public void close() {
		this.factory.close();
	}

}
