package io.github.springxhr.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.peer.Operation;
import io.github.springxhr.benchmarks.peer.TestFiles;

/**
 * All that is compared.
 */
final class Scenarios {

	private static final String LARGE = "bytes/" + TestFiles.LARGE;

	private Scenarios() {
	}

	static List<Scenario> all() {
		List<Scenario> all = new ArrayList<>();
		addSmall(all);
		addTransfers(all);
		addAtOnce(all);
		addGrowth(all);
		return all;
	}

	private static void addSmall(List<Scenario> all) {
		all.add(Scenario.loop("1 KiB, one after the other", Operation.TEXT, "", 1, Client.WEB_CLIENT, Client.XHR,
				Client.XHR_VIRTUAL, Client.XHR_DIRECT, Client.REACTOR_NETTY, Client.APACHE, Client.OK_HTTP, Client.JDK,
				Client.REST_CLIENT, Client.HTML_UNIT));
		all.add(Scenario.loop("1 KiB, 64 in flight", Operation.TEXT, "", 64, Client.WEB_CLIENT, Client.XHR,
				Client.XHR_VIRTUAL, Client.XHR_DIRECT, Client.REACTOR_NETTY, Client.APACHE, Client.OK_HTTP, Client.JDK,
				Client.REST_CLIENT));
		all.add(Scenario.loop("1 KiB, 256 in flight", Operation.TEXT, "", 256, Client.WEB_CLIENT, Client.XHR,
				Client.XHR_VIRTUAL, Client.XHR_DIRECT, Client.REACTOR_NETTY, Client.APACHE));
		all.add(Scenario.loop("1 KiB, 64 in flight, observed", Operation.TEXT, "", 64, Client.WEB_CLIENT_OBSERVED,
				Client.XHR_OBSERVED, Client.XHR_OBSERVED_ALONE));
		all.add(Scenario.loop("100 KiB, 32 in flight", Operation.TEXT, "bytes/102400", 32, Client.WEB_CLIENT,
				Client.XHR, Client.REACTOR_NETTY));
		all.add(Scenario.loop("JSON to an object, 64 in flight", Operation.JSON, "json", 64, Client.WEB_CLIENT,
				Client.XHR));
	}

	private static void addTransfers(List<Scenario> all) {
		all.add(Scenario.transfer("256 MiB down, let go", Operation.DISCARD, LARGE, "48m", Client.WEB_CLIENT,
				Client.XHR, Client.REACTOR_NETTY));
		all.add(Scenario.transfer("256 MiB down, to text", Operation.TEXT, LARGE, "2g", Client.WEB_CLIENT, Client.XHR));
		all.add(Scenario.transfer("256 MiB down, to an array of bytes", Operation.ARRAYBUFFER, LARGE, "2g",
				Client.WEB_CLIENT, Client.XHR));
		all.add(Scenario.transfer("256 MiB down, to a file (blob), -Xmx48m", Operation.BLOB, LARGE, "48m",
				Client.WEB_CLIENT, Client.XHR));
		all.add(Scenario.transfer("256 MiB up from a file, with progress, -Xmx32m", Operation.UPLOAD, "", "32m",
				Client.WEB_CLIENT, Client.XHR));
		all.add(Scenario.transfer("form with 100 files of 64 KiB", Operation.MULTIPART, "", "64m", Client.WEB_CLIENT,
				Client.XHR));
	}

	private static void addAtOnce(List<Scenario> all) {
		all.add(Scenario.atOnce("10,000 sent at once, 500 connections", 10_000, Client.WEB_CLIENT_QUEUED, Client.XHR,
				Client.WEB_CLIENT));
		all.add(Scenario.atOnce("10,000 sent at once, 10,000 connections", 10_000, Client.WEB_CLIENT_WIDE,
				Client.XHR_WIDE));
	}

	private static void addGrowth(List<Scenario> all) {
		for (int inFlight : new int[] { 10, 100, 1000, 10_000 }) {
			all.add(Scenario.loop("growth: 1 KiB, " + inFlight + " in flight", Operation.TEXT, "", inFlight,
					Client.WEB_CLIENT_QUEUED, Client.XHR));
		}
	}

}
