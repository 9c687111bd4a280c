package io.github.springxhr.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.startup.StartupBenchmark.Kind;

/**
 * What the project has set itself, from results.
 */
final class Targets {

	private static final double MEGABYTE = 1e6;

	private Targets() {
	}

	/** Those whose scenario has been run. */
	static List<Target> of(Results results) {
		List<Target> targets = new ArrayList<>();
		addSmall(targets, results);
		addTransfers(targets, results);
		addAtOnce(targets, results);
		results.startup(Kind.STARTER)
			.ifPresent((added) -> targets
				.add(Target.atMost("start-up: ms more than the WebClient starter alone", 60, 30, added)));
		return targets;
	}

	private static void addSmall(List<Target> targets, Results results) {
		results.of("1 KiB, one", Client.XHR)
			.ifPresent((xhr) -> targets.add(Target.atMost("bytes per 1 KiB GET, all events listened to", 17_500, 14_000,
					xhr.of(Measurement::bytes))));
		addInFlight(targets, results, 64);
		addInFlight(targets, results, 256);
		String observed = "1 KiB, 64 in flight, observed";
		addSpeed(targets, results.of(observed, Client.XHR_OBSERVED), "observation on in both: throughput, 64 in flight",
				0.85, 0.95);
		addSpeed(targets, results.of(observed, Client.XHR_OBSERVED_ALONE),
				"the same without the nested `http.client.requests`", 0.95, 1.1);
		addSpeed(targets, results.of("100 KiB", Client.XHR), "100 KiB at 32 in flight: throughput", 1, 1.1);
	}

	private static void addInFlight(List<Target> targets, Results results, int inFlight) {
		String scenario = "1 KiB, " + inFlight + " in flight";
		addSpeed(targets, results.of(scenario, Client.XHR), "throughput, " + inFlight + " in flight", 0.95, 1.05);
		addSpeed(targets, results.of(scenario, Client.XHR_DIRECT), "the same, direct event execution", 1, 1.15);
		results.of(scenario, Client.XHR_DIRECT)
			.ifPresent((direct) -> targets
				.add(Target.atLeast("CPU efficiency, " + inFlight + " in flight, direct event execution", 1.1, 1.35,
						direct.cpuEfficiency())));
	}

	private static void addTransfers(List<Target> targets, Results results) {
		addSpeed(targets, results.of("256 MiB down, to text", Client.XHR),
				"256 MiB to text: speed against `bodyToMono(String)`", 1.3, 2);
		addSpeed(targets, results.of("256 MiB down, to an array", Client.XHR),
				"256 MiB to an array of bytes: speed against `bodyToMono(byte[])`", 1.1, 1.3);
		addSpeed(targets, results.of("256 MiB down, to a file", Client.XHR),
				"256 MiB to a file (blob) in a heap of 48 MiB: speed against `DataBufferUtils.write`", 0.8, 1);
		addSpeed(targets, results.of("256 MiB up", Client.XHR),
				"256 MiB up from a file, with progress, in a heap of 32 MiB: speed against `BodyInserters.fromResource`",
				0.9, 1.2);
	}

	private static void addAtOnce(List<Target> targets, Results results) {
		results.of("10,000 sent at once, 500", Client.XHR).ifPresent((xhr) -> {
			targets.add(Target.atLeast("10,000 sent at once, default settings: requests that succeed", 10_000, 10_000,
					xhr.of(Measurement::requests)));
			targets.add(Target.atMost("the same: time against WebClient with an unbounded queue", 1.1, 1.1,
					inverse(xhr.throughput())));
			targets.add(Target.atMost("the same: MB of live heap while they are in flight", Double.POSITIVE_INFINITY,
					60, Spread.of(xhr.heap() / MEGABYTE)));
		});
		results.of("10,000 sent at once, 10,000", Client.XHR_WIDE)
			.ifPresent((xhr) -> targets
				.add(Target.atMost("the same with 10,000 connections: time against WebClient tuned likewise", 1.1, 1,
						inverse(xhr.throughput()))));
	}

	private static void addSpeed(List<Target> targets, Optional<Result> result, String what, double must, double aim) {
		result.ifPresent((xhr) -> targets.add(Target.atLeast(what, must, aim, xhr.throughput())));
	}

	private static Spread inverse(Spread ratio) {
		return new Spread(1 / ratio.high(), 1 / ratio.median(), 1 / ratio.low());
	}

}
