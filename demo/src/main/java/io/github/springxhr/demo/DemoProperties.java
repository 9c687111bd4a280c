package io.github.springxhr.demo;

import java.time.Duration;
import java.util.List;

import io.github.springxhr.demo.run.Scenario;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the demo itself is configured with.
 *
 * @param pace factor on every pause of the upstream: tests make it small
 * @param heartbeat how long a stream of events may be silent before it is tested for a
 * client that has gone
 * @param maxRuns how many scenarios may run at once
 * @param scenarios what the page offers
 */
@ConfigurationProperties("demo")
public record DemoProperties(@DefaultValue("1") double pace, @DefaultValue("1s") Duration heartbeat,
		@DefaultValue("16") int maxRuns, @DefaultValue List<Scenario> scenarios) {

}
