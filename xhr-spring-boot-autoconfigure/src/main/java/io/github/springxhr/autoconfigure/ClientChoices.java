package io.github.springxhr.autoconfigure;

import java.util.List;
import java.util.function.Function;

import io.github.springxhr.autoconfigure.ClientConfigurer.Source;
import org.jspecify.annotations.Nullable;

/**
 * What the properties of a client choose among the beans of the application.
 *
 * @param client the name of the client
 * @param prefix what the names of its properties begin with
 * @param cookies whether it keeps cookies
 * @param events which thread fires its events
 * @param metrics whether its requests are measured
 * @param httpClientRequests whether WebClient measures them too
 */
record ClientChoices(String client, String prefix, boolean cookies, Events events, boolean metrics,
		boolean httpClientRequests) {

	/**
	 * Read the choices.
	 * @param sources the client's own properties, then those that it inherits from
	 * @throws InvalidXhrPropertyException if two of them contradict each other
	 */
	static ClientChoices of(String client, List<Source> sources) {
		Source own = sources.get(0);
		return new ClientChoices(client, own.prefix(), own.properties().getCookies().isEnabled(), Events.of(sources),
				isOn(sources, (properties) -> properties.getMetrics().getEnabled()),
				isOn(sources, (properties) -> properties.getMetrics().getHttpClientRequests()));
	}

	private static boolean isOn(List<Source> sources, Function<XhrClientProperties, @Nullable Boolean> getter) {
		for (Source source : sources) {
			Boolean value = getter.apply(source.properties());
			if (value != null) {
				return value;
			}
		}
		return true;
	}

	/**
	 * Which thread fires events. Who says anything about it says all: a client that wants
	 * workers does not inherit an executor.
	 *
	 * @param direct whether it is the thread of the connection
	 * @param executor the name of the bean that has the thread, or {@code null} for the
	 * workers
	 * @param property the property that names the bean
	 */
	record Events(boolean direct, @Nullable String executor, String property) {

		private static Events of(List<Source> sources) {
			for (Source source : sources) {
				String executor = source.properties().getEventExecutor();
				EventExecution execution = source.properties().getEventExecution();
				if (executor != null || execution != null) {
					return of(source.prefix(), executor, execution == EventExecution.DIRECT);
				}
			}
			return new Events(false, null, "");
		}

		private static Events of(String prefix, @Nullable String executor, boolean direct) {
			String property = prefix + ".event-executor";
			if (executor != null && direct) {
				throw new InvalidXhrPropertyException(property, "event-execution is direct, which uses no executor",
						executor, "Remove the property, or '" + prefix + ".event-execution'.");
			}
			return new Events(direct, executor, property);
		}

	}

}
