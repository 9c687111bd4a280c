package io.github.springxhr.autoconfigure.observability;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PromQl} and {@link Scrape}: no name goes unseen.
 */
class PromQlTests {

	private static final Scrape SCRAPE = Scrape.parse("""
			# HELP a_total of {no} interest
			# TYPE a_total counter
			a_total{client="orders",type="load"} 1.0
			a_total{client="orders",type="error, {or} \\"so\\""} 2.0
			b_seconds_bucket{client="orders",le="+Inf"} 3
			c 4.0
			""");

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`', nullValues = "none", textBlock = """
			sum by (client) (rate(a_total{type="load", client=~"$client"}[5m])) ; []
			a_total{type=~"load|abort"} ; [a_total{type="abort"}]
			a_total{type!="abort"} / on (client) group_left () sum(c) ; [a_total{type="abort"}, c{client}]
			sum(rate(a_totals[$__rate_interval])) > 3 * sum(rate(c[1h] offset 10m)) and c > 0.1 ; [a_totals]
			histogram_quantile(0.99, sum by (le) (rate(b_seconds_bucket{kind="x"}[5m]))) ; [b_seconds_bucket{kind="x"}]
			sum(c) by (le) ; [c{le}]
			max(d{x="1"}) or e ; [d, e]
			a_total{clients=~"$client"} ; [a_total{clients="$client"}]
			""")
	void findsWhatIsNotThere(String expression, String missing) {
		assertThat(PromQl.parse(expression).missingFrom(SCRAPE)).hasToString(missing);
	}

	@Test
	void findsWhatAVariableAsksFor() {
		assertThat(PromQl.parseVariable("label_values(a_total{type=\"load\"}, client)").missingFrom(SCRAPE)).isEmpty();
		assertThat(PromQl.parseVariable("label_values(a_total, le)").missingFrom(SCRAPE))
			.containsExactly("a_total{le}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sum()", "a_total{client='orders'}", "a_total; c" })
	void whatItDoesNotUnderstandIsAnError(String expression) {
		assertThatIllegalArgumentException().isThrownBy(() -> PromQl.parse(expression));
	}

}
