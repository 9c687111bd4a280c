package io.github.springxhr.autoconfigure;

import java.util.concurrent.Executor;

import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.XhrListener;
import io.github.springxhr.cookie.CookieStore;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.observation.XhrMetricsListenerFactory;
import io.github.springxhr.observation.XhrObservationListenerFactory;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.reactive.function.client.ClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What clients are made of besides properties: beans of the application.
 *
 * @param beans those that are for one client
 * @param webClientBuilders what requests are built with
 * @param listeners follow requests
 * @param settings what else there is for all clients
 * @param customizers have the last word
 * @param workers fires the events of clients that choose nothing else, or {@code null}
 * for the threads that all factories share
 * @param convention names what WebClient observes, or {@code null} if the application has
 * a convention of its own
 */
record ClientParts(ClientBeans beans, ObjectProvider<WebClient.Builder> webClientBuilders,
		ObjectProvider<XhrListener.Factory> listeners, ObjectProvider<BuilderSettings> settings,
		ObjectProvider<XhrCustomizer> customizers, @Nullable Executor workers,
		@Nullable ClientRequestObservationConvention convention) {

	private static final Log logger = LogFactory.getLog(XhrAutoConfiguration.class);

	/**
	 * Check that the beans that a client names are there.
	 * @throws InvalidXhrPropertyException if one is not
	 */
	void check(ClientChoices choices) {
		String executor = choices.events().executor();
		if (executor != null && !this.beans.isExecutor(executor)) {
			throw new InvalidXhrPropertyException(choices.events().property(),
					"event-executor is the name of no bean that is an Executor", executor,
					"Set one of " + this.beans.executors() + ", or remove the property.");
		}
	}

	boolean filtersAddresses() {
		return this.settings.stream().anyMatch(BuilderSettings::filtersAddresses);
	}

	/**
	 * Return a builder of the application's that may be changed.
	 */
	WebClient.Builder webClientBuilder(ClientChoices choices) {
		WebClient.Builder builder = this.webClientBuilders.getIfAvailable(WebClient::builder).clone();
		if (!choices.httpClientRequests()) {
			return builder.observationRegistry(ObservationRegistry.NOOP);
		}
		return (this.convention != null) ? builder.observationConvention(this.convention) : builder;
	}

	void addTo(XhrFactoryBuilder builder, ClientChoices choices) {
		this.listeners.orderedStream()
			.filter((listener) -> choices.metrics() || !isMetrics(listener))
			.forEach(builder::listener);
		this.settings.orderedStream().forEach((setting) -> setting.applyTo(builder));
		addCookieStore(builder, choices);
		NetworkTransport transport = this.beans.find(NetworkTransport.class, choices.client());
		if (transport != null) {
			builder.transport(transport);
		}
		addEvents(builder, choices);
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(choices.client(), builder));
	}

	/** Both classes are there without Micrometer, too. */
	private static boolean isMetrics(XhrListener.Factory listener) {
		return listener instanceof XhrMetricsListenerFactory || listener instanceof XhrObservationListenerFactory;
	}

	private void addCookieStore(XhrFactoryBuilder builder, ClientChoices choices) {
		CookieStore store = this.beans.find(CookieStore.class, choices.client());
		if (store != null && choices.cookies()) {
			builder.cookieStore(store);
		}
		else if (store != null) {
			logger.warn("The XHR client '" + choices.client() + "' does not use its CookieStore, as '"
					+ choices.prefix() + ".cookies.enabled' is not true");
		}
	}

	private void addEvents(XhrFactoryBuilder builder, ClientChoices choices) {
		ClientChoices.Events events = choices.events();
		if (events.direct()) {
			builder.directEvents();
		}
		else if (events.executor() != null) {
			builder.eventExecutor(this.beans.executor(events.executor(), choices.client()));
		}
		else if (this.workers != null) {
			builder.eventExecutor(this.workers);
		}
	}

}
