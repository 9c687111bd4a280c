package io.github.springxhr.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Three groups of bars as SVG: how fast, how cheap and how thrifty the clients are.
 */
final class BarChart {

	private static final int WIDTH = 860;

	private static final int LABEL = 190;

	private static final int BAR = 16;

	private static final int STEP = 22;

	private static final int HEAD = 44;

	private final StringBuilder svg = new StringBuilder();

	private int y = 16;

	static String of(Results results) {
		BarChart chart = new BarChart();
		List<Result> loaded = results.of("1 KiB, 64 in flight");
		chart.group("Throughput, 1 KiB, 64 in flight; WebClient is 1, more is better", loaded,
				(result) -> result.throughput().median());
		chart.group("CPU efficiency, the same; WebClient is 1, more is better", loaded,
				(result) -> result.cpuEfficiency().median());
		chart.group("Bytes allocated per request, 1 KiB, one after the other; less is better",
				results.of("1 KiB, one").stream().filter((result) -> bytes(result) < 100_000).toList(),
				BarChart::bytes);
		return chart.finish();
	}

	private static double bytes(Result result) {
		return result.of(Measurement::bytes).median();
	}

	private void group(String title, List<Result> results, ToDoubleFunction<Result> value) {
		if (results.isEmpty()) {
			return;
		}
		this.y += HEAD;
		text(20, this.y - 16, "font-weight=\"bold\"", title);
		double most = results.stream().mapToDouble(value).max().orElse(1);
		for (Result result : results) {
			bar(result, value.applyAsDouble(result), most);
		}
	}

	private void bar(Result result, double value, double most) {
		long length = Math.round(value / most * (WIDTH - LABEL - 90));
		String label = result.client().label();
		String colour = label.startsWith("XHR") ? "#2563eb" : label.startsWith("WebClient") ? "#6b7280" : "#c0c6cf";
		text(LABEL - 10, this.y + 12, "text-anchor=\"end\"", label);
		this.svg.append(String.format(Locale.ROOT,
				"<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n", LABEL, this.y, length,
				BAR, colour));
		text(LABEL + length + 6, this.y + 12, "", Target.number(value));
		this.y += STEP;
	}

	private void text(long x, int baseline, String attributes, String text) {
		this.svg.append(
				String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>%n", x, baseline, attributes, text));
	}

	private String finish() {
		int height = this.y + 20;
		return String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
						+ "font-family=\"sans-serif\" font-size=\"13\" fill=\"#111827\" role=\"img\">%n"
						+ "<title>XHR for Spring beside other clients</title>%n"
						+ "<rect width=\"100%%\" height=\"100%%\" rx=\"6\" fill=\"#ffffff\"/>%n%s</svg>%n",
				WIDTH, height, WIDTH, height, this.svg);
	}

}
