package io.github.springxhr.observation;

import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request is recorded, whatever the application's convention or handlers do.
 */
class SafeConventionTests {

	static Stream<XhrObservationConvention> conventions() {
		return Stream.of(new DefaultXhrObservationConvention() {

			@Override
			public KeyValues getLowCardinalityKeyValues(XhrObservationContext context) {
				if (context.getResult() != null) {
					throw new IllegalStateException("bad");
				}
				return super.getLowCardinalityKeyValues(context);
			}

		}, new DefaultXhrObservationConvention() {

			@Override
			@SuppressWarnings("NullAway")
			public KeyValues getLowCardinalityKeyValues(XhrObservationContext context) {
				return null;
			}

		}, new DefaultXhrObservationConvention() {

			@Override
			public KeyValues getHighCardinalityKeyValues(XhrObservationContext context) {
				throw new IllegalStateException("bad");
			}

		}, new DefaultXhrObservationConvention() {

			@Override
			public String getContextualName(XhrObservationContext context) {
				throw new IllegalStateException("bad");
			}

		}, new DefaultXhrObservationConvention() {

			@Override
			public String getName() {
				throw new IllegalStateException("bad");
			}

		});
	}

	@ParameterizedTest
	@MethodSource("conventions")
	void theDefaultTakesThePlaceOfAConventionThatFails(XhrObservationConvention convention) throws Exception {
		Logger logger = (Logger) LoggerFactory.getLogger(XhrObservationConvention.class);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		try (FaultServer server = FaultServer.start(Script.keepAlive(Faults.answer(Responses.ok("hello"))));
				ObservedClient client = new ObservedClient(convention)) {
			client.get(server.url("/"));
			client.get(server.url("/"));
			assertThat(client.meters().get("xhr.requests").tags("status", "200", "outcome", "success").timer().count())
				.isEqualTo(2);
			assertThat(client.meters().get("xhr.requests.active").longTaskTimer().activeTasks()).isZero();
		}
		finally {
			logger.detachAppender(appender);
		}
		assertThat(appender.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains(convention.getClass().getName()));
	}

	@Test
	void aHandlerThatFailsAtAnErrorDoesNotKeepTheRequestFromBeingRecorded() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().truncate());
				ObservedClient client = new ObservedClient()) {
			client.observations().observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

				@Override
				public void onError(Observation.Context context) {
					throw new IllegalStateException("bad");
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}

			});
			client.get(server.url("/"));
			assertThat(client.meters().get("xhr.requests").timers()).hasSize(1);
			assertThat(client.meters().get("xhr.requests.active").longTaskTimer().activeTasks()).isZero();
			assertThat(List.of(client.requestTags().get("outcome"))).containsExactly("network_error");
		}
	}

}
