package io.github.springxhr.demo.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.github.springxhr.demo.DemoApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo in a JVM of its own, with a directory for temporary files of its own.
 */
public final class DemoProcess implements AutoCloseable {

	private static final int NATIVE_ACCESS_WARNED_OF = 24;

	private static final long LIMIT_SECONDS = 60;

	private final Process process;

	private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

	private final Thread reader;

	private final Path temporary;

	private DemoProcess(Process process, Path temporary) {
		this.process = process;
		this.temporary = temporary;
		this.reader = new Thread(this::read, "demo-output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Start the demo.
	 * @param temporary its directory for temporary files
	 * @param args its arguments, and the JVM's, which start with {@code -D}
	 */
	public static DemoProcess start(Path temporary, String... args) throws IOException {
		List<String> command = new ArrayList<>(withInterrupts());
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
				"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary, "-cp", classPath()));
		if (Runtime.version().feature() >= NATIVE_ACCESS_WARNED_OF) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		Arrays.stream(args).filter((arg) -> arg.startsWith("-D")).forEach(command::add);
		command.add(DemoApplication.class.getName());
		Arrays.stream(args).filter((arg) -> !arg.startsWith("-D")).forEach(command::add);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		return new DemoProcess(process, temporary);
	}

	/** The application's alone: the logging of tests is another. */
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * A shell starts what is to run in the background with SIGINT ignored, a JVM respects
	 * that, and this may be such a one.
	 */
	private static List<String> withInterrupts() throws IOException {
		Path status = Path.of("/proc/self/status");
		if (!Files.isReadable(status)) {
			return List.of();
		}
		long ignored = Files.readAllLines(status)
			.stream()
			.filter((line) -> line.startsWith("SigIgn:"))
			.mapToLong((line) -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
			.findFirst()
			.orElse(0);
		return ((ignored & 2) != 0) ? List.of("env", "--default-signal=INT") : List.of();
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				synchronized (this.lines) {
					this.lines.add(line);
					this.lines.notifyAll();
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Wait for a line of the output. */
	public String await(Predicate<String> wanted) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
		synchronized (this.lines) {
			while (true) {
				for (String line : this.lines) {
					if (wanted.test(line)) {
						return line;
					}
				}
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				assertThat(left).as("time left for a line of\n%s", String.join("\n", this.lines)).isPositive();
				assertThat(this.process.isAlive() || this.reader.isAlive()).as("alive:\n%s", this.lines).isTrue();
				this.lines.wait(Math.min(left, 500));
			}
		}
	}

	/** Send a signal as a user or a supervisor does. */
	public DemoProcess signal(String name) throws IOException, InterruptedException {
		Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).inheritIO().start();
		assertThat(kill.waitFor()).isZero();
		return this;
	}

	/** Wait for the end. */
	public int exitCode() throws InterruptedException {
		assertThat(this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended:\n%s", this.lines).isTrue();
		this.reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
		return this.process.exitValue();
	}

	/** The output's lines so far. */
	public List<String> lines() {
		synchronized (this.lines) {
			return List.copyOf(this.lines);
		}
	}

	/** The processes that this one has started and that are still there. */
	public List<ProcessHandle> children() {
		return this.process.descendants().toList();
	}

	/** What lies in its directory for temporary files. */
	public List<Path> temporaryFiles() throws IOException {
		try (var files = Files.walk(this.temporary)) {
			return files.filter(Files::isRegularFile)
				// removed by the JVM that finds it the next time; nothing of ours
				.filter((file) -> !file.toString().contains("hsperfdata_"))
				.toList();
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
