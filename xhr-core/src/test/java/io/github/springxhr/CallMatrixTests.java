package io.github.springxhr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.springxhr.CallMatrix.Act;
import io.github.springxhr.CallMatrix.Cell;
import io.github.springxhr.reliability.Wreckage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each cell of {@link CallMatrix}: what happens is what {@code call-matrix.txt} says, and
 * what holds for every request holds.
 */
class CallMatrixTests {

	private static final Map<String, String> EXPECTED = CallMatrix.expected();

	private static final Map<String, String> RESULTS = new LinkedHashMap<>();

	private static Wreckage wreckage;

	@BeforeAll
	static void watch() {
		wreckage = new Wreckage();
	}

	@AfterAll
	static void report() throws IOException {
		wreckage.close();
		Path report = Path.of("target", "reliability", "matrix-b.md");
		Files.createDirectories(report.getParent());
		Files.writeString(report, CallMatrixReport.of(EXPECTED, RESULTS));
		System.out.printf("matrix B: %d of %d as expected%n", RESULTS.values().stream().filter("ok"::equals).count(),
				EXPECTED.size());
	}

	@TestFactory
	Stream<DynamicTest> cells() {
		return CallMatrix.sensible().stream().map((cell) -> DynamicTest.dynamicTest(cell.toString(), () -> run(cell)));
	}

	private static void run(Cell cell) throws InterruptedException {
		RESULTS.put(cell.toString(), "failed");
		try (CallMatrixRun run = new CallMatrixRun(cell)) {
			assertThat(run.log()).isEqualTo(EXPECTED.get(cell.toString()));
			run.assertWhatHoldsForEveryRequest();
		}
		List<String> reported = wreckage.take();
		assertThat(reported).as("what is thrown by the listener, and nothing else")
			.hasSize((cell.act() == Act.THROW) ? 1 : 0)
			.allMatch((line) -> line.contains("A listener of the event"));
		RESULTS.put(cell.toString(), "ok");
	}

	@Test
	void tableHasTheCellsAndNoOthers() {
		assertThat(EXPECTED.keySet())
			.containsExactlyElementsOf(CallMatrix.sensible().stream().map(Cell::toString).toList());
	}

	@Test
	void documentShowsTheTableAndTheReasons() throws IOException {
		String document = Files.readString(Path.of("..", "docs", "reliability.md"));
		assertThat(document).contains(CallMatrixReport.table(EXPECTED)).contains(CallMatrixReport.reasons());
	}

}
