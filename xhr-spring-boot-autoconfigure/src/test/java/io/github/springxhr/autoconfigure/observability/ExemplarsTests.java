package io.github.springxhr.autoconfigure.observability;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import io.github.springxhr.autoconfigure.XhrObservationAutoConfiguration;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A bucket of the latency histogram leads to the trace of a request in it.
 */
class ExemplarsTests {

	private static final String EXEMPLAR = "(?m)^METER_seconds_bucket\\{.*} 1.* # \\{span_id=\"(\\w+)\",trace_id=\"(\\w+)\"} .*$";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class,
				ObservationAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
				PrometheusExemplarsAutoConfiguration.class, WebClientAutoConfiguration.class,
				XhrAutoConfiguration.class, XhrObservationAutoConfiguration.class))
		.withBean(SamplingTracer.class)
		.withPropertyValues("management.metrics.distribution.percentiles-histogram.xhr=true",
				"management.metrics.distribution.percentiles-histogram.xhr.requests.active=false");

	@ParameterizedTest
	@ValueSource(strings = { "xhr.requests", "xhr.time.to.headers" })
	void aBucketOfTheLatencyHasTheIdsOfTheRequestsSpan(String meter) {
		this.runner.run((context) -> {
			try (FaultServer server = FaultServer
				.start((connection) -> connection.readRequest().send(Responses.ok("hello")))) {
				XMLHttpRequest request = context.getBean(XhrFactory.class).create();
				request.open("GET", server.url("/"));
				request.sendAsync(null).join();
			}
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			await().untilAsserted(() -> assertThat(registry.find(meter).timer()).isNotNull());
			SimpleSpan span = context.getBean(SimpleTracer.class)
				.getSpans()
				.stream()
				.filter((each) -> each.getName().equals("GET"))
				.findFirst()
				.orElseThrow();
			String text = registry.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8");
			Matcher exemplar = Pattern.compile(EXEMPLAR.replace("METER", meter.replace('.', '_'))).matcher(text);
			assertThat(exemplar.find()).as(text).isTrue();
			assertThat(exemplar.group(1)).isEqualTo(span.context().spanId());
			assertThat(exemplar.group(2)).isEqualTo(span.context().traceId());
		});
	}

	/**
	 * Takes a sample of each trace; only those are told of.
	 */
	static final class SamplingTracer extends SimpleTracer {

		@Override
		public SimpleSpan nextSpan() {
			return sampled(super.nextSpan());
		}

		@Override
		public SimpleSpan nextSpan(Span parent) {
			return sampled(super.nextSpan(parent));
		}

		private static SimpleSpan sampled(SimpleSpan span) {
			span.context().setSampled(true);
			return span;
		}

	}

}
