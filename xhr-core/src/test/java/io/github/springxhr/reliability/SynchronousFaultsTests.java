package io.github.springxhr.reliability;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.springxhr.fixture.LeakGuard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Every fault that happens to a first request over http, with a caller who waits in
 * {@code send()}. One that fails throws once and fires nothing; one that does not throws
 * nothing and fires its last events. What is expected is that of {@link MatrixATests}.
 */
class SynchronousFaultsTests {

	/** No cell takes a second of its own. */
	private static final Duration BOUND = Duration.ofSeconds(20);

	private static final Map<String, String[]> EXPECTED = Expectations.read();

	private static final AtomicInteger AS_EXPECTED = new AtomicInteger();

	private static Wreckage wreckage;

	@BeforeAll
	static void watch() {
		wreckage = new Wreckage();
	}

	@AfterAll
	static void nothingHasLeaked() {
		LeakGuard.collect();
		List<String> found = wreckage.take();
		wreckage.close();
		System.out.printf("synchronous faults: %d as expected%n", AS_EXPECTED.get());
		assertThat(found).isEmpty();
	}

	@TestFactory
	Stream<DynamicTest> faults() {
		return FaultCatalog.all()
			.stream()
			.filter((fault) -> fault.senseless(Position.FIRST, Transport.HTTP, Caller.NONE) == null)
			// who waits in send() has the request
			.filter((fault) -> !fault.letsGo)
			.map((fault) -> new SynchronousCell(fault, Position.FIRST, Transport.HTTP))
			.map((cell) -> DynamicTest.dynamicTest(cell.toString(), () -> run(cell)));
	}

	private static void run(SynchronousCell cell) {
		String expected = EXPECTED.get(cell.fault.toString())[Position.FIRST.ordinal()];
		assertTimeoutPreemptively(BOUND, () -> cell.run(expected));
		assertThat(wreckage.take().stream().filter((line) -> !line.contains(cell.fault.logs))).isEmpty();
		AS_EXPECTED.incrementAndGet();
	}

}
