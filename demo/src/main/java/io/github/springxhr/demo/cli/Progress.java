package io.github.springxhr.demo.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a transfer has got, in words and as a bar.
 *
 * @param loaded bytes transferred
 * @param total bytes to transfer; 0 if that is not known
 * @param elapsed since the transfer began
 */
record Progress(long loaded, long total, Duration elapsed) {

	private static final int WIDTH = 24;

	private static final String[] UNITS = { "B", "KiB", "MiB", "GiB", "TiB" };

	/** Such as {@code [######------] 50 %  1.0 MiB of 2.0 MiB  512 KiB/s  ETA 2 s}. */
	String bar() {
		if (this.total <= 0) {
			return "[" + "?".repeat(WIDTH) + "]  " + text();
		}
		int done = (int) (WIDTH * share());
		return "[" + "#".repeat(done) + "-".repeat(WIDTH - done) + "] " + text();
	}

	String text() {
		String rate = bytes(rate()) + "/s";
		if (this.total <= 0) {
			return bytes(this.loaded) + "  " + rate;
		}
		return String.format(Locale.ROOT, "%3d %%  %s of %s  %s  %s", (int) (100 * share()), bytes(this.loaded),
				bytes(this.total), rate, "ETA " + eta());
	}

	private double share() {
		return Math.min(1.0, (double) this.loaded / this.total);
	}

	private double rate() {
		double seconds = this.elapsed.toNanos() / 1e9;
		return (seconds > 0) ? this.loaded / seconds : 0;
	}

	private String eta() {
		long left = this.total - this.loaded;
		if (left <= 0) {
			return "0 s";
		}
		return (rate() > 0) ? time((long) Math.ceil(left / rate())) : "unknown";
	}

	private static String time(long seconds) {
		if (seconds < 60) {
			return seconds + " s";
		}
		return (seconds < 3600) ? (seconds / 60) + " min " + (seconds % 60) + " s"
				: (seconds / 3600) + " h " + (seconds % 3600 / 60) + " min";
	}

	static String bytes(double count) {
		int unit = 0;
		// what would be shown as 1024 is the next unit's 1
		while (count >= 1023.95 && unit < UNITS.length - 1) {
			count /= 1024;
			unit++;
		}
		return String.format(Locale.ROOT, (unit == 0) ? "%.0f %s" : "%.1f %s", count, UNITS[unit]);
	}

}
