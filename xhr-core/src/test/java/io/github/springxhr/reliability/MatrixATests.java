package io.github.springxhr.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.springxhr.fixture.LeakGuard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every fault at every position, over every transport, with every caller: what becomes of
 * the request is written down in {@code matrix-a.txt}, from the standards. In every build
 * each cell has one caller, in turn; with the system property
 * {@code xhr.test.matrix=full}, all.
 */
class MatrixATests {

	private static final boolean FULL = "full".equals(System.getProperty("xhr.test.matrix"));

	private static final Map<String, String[]> EXPECTED = Expectations.read();

	private static final Map<String, String> RESULTS = new LinkedHashMap<>();

	/** After the deadline. */
	private static final Times LATE = new Times();

	/** After the end. */
	private static final Times IN_USE = new Times();

	private static Wreckage wreckage;

	@BeforeAll
	static void watch() {
		wreckage = new Wreckage();
	}

	@AfterAll
	static void nothingHasLeaked() throws IOException {
		LeakGuard.collect();
		List<String> found = wreckage.take();
		wreckage.close();
		Path report = Path.of("target", "reliability", "matrix-a.md");
		Files.createDirectories(report.getParent());
		String times = "Ended after a deadline that had passed: " + LATE
				+ ".\nNo connection active or pending any more after the end: " + IN_USE
				+ ".\nConnections that failed after their response had ended: " + wreckage.afterResponse() + ".\n";
		System.out.printf("matrix A: %d of %d as expected%n%s", RESULTS.values().stream().filter("ok"::equals).count(),
				RESULTS.size(), times);
		Files.writeString(report, Report.of(FaultCatalog.all(), RESULTS, EXPECTED, times));
		assertThat(found).isEmpty();
	}

	@TestFactory
	Stream<DynamicTest> cells() {
		List<DynamicTest> tests = new ArrayList<>();
		int turn = 0;
		for (Fault fault : FaultCatalog.all()) {
			for (Position position : Position.values()) {
				for (Transport transport : Transport.values()) {
					turn = addCells(tests, fault, position, transport, turn);
				}
			}
		}
		return tests.stream();
	}

	private static int addCells(List<DynamicTest> tests, Fault fault, Position position, Transport transport,
			int turn) {
		List<AsynchronousCell> cells = new ArrayList<>();
		for (Caller caller : Caller.values()) {
			if (fault.senseless(position, transport, caller) == null) {
				cells.add(new AsynchronousCell(fault, position, transport, caller));
			}
		}
		if (cells.isEmpty()) {
			return turn;
		}
		List<AsynchronousCell> chosen = FULL ? cells : List.of(cells.get(turn % cells.size()));
		chosen.forEach((cell) -> tests.add(DynamicTest.dynamicTest(cell.toString(), () -> run(cell))));
		return turn + 1;
	}

	private static void run(AsynchronousCell cell) throws Exception {
		RESULTS.put(cell.toString(), "failed");
		String[] row = EXPECTED.get(cell.fault.toString());
		assertThat(row).as("row of '" + cell.fault + "'").isNotNull();
		cell.run(row[cell.position.ordinal()]);
		assertThat(wreckage.take().stream().filter((line) -> !line.contains(cell.fault.logs))).isEmpty();
		IN_USE.add(cell.inUse);
		if (cell.caller == Caller.TIMEOUT) {
			LATE.add(cell.late);
		}
		RESULTS.put(cell.toString(), "ok");
	}

	@Test
	void tableHasTheFaultsAndNoOthers() {
		assertThat(EXPECTED.keySet())
			.containsExactlyElementsOf(FaultCatalog.all().stream().map(Fault::toString).toList());
	}

	@Test
	void documentShowsTheTableAndTheReasons() throws IOException {
		String document = Files.readString(Path.of("..", "docs", "reliability.md"));
		assertThat(document).contains(Report.table(FaultCatalog.all(), EXPECTED))
			.contains(Report.reasons(FaultCatalog.all()));
	}

}
