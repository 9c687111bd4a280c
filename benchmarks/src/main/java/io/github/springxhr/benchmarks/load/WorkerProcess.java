package io.github.springxhr.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.github.springxhr.benchmarks.BenchmarkServer;
import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.peer.Operation;
import io.github.springxhr.benchmarks.peer.TestFiles;

/**
 * A {@link Worker}, seen from outside.
 */
final class WorkerProcess implements AutoCloseable {

	/** With one thread, as on two processors, it starts a new thread for each task. */
	private static final String COMMON_POOL = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2";

	private final Process process;

	private final PrintStream input;

	private final BufferedReader output;

	WorkerProcess(Client client, Operation operation, Path files, List<String> options) throws IOException {
		List<String> command = BenchmarkServer.java();
		command.addAll(options);
		command.addAll(List.of(COMMON_POOL, "-D" + TestFiles.DIRECTORY + "=" + files, "-cp",
				System.getProperty("java.class.path"), Worker.class.getName(), client.name(), operation.name()));
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.input = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.US_ASCII);
		this.output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.US_ASCII));
	}

	Measurement measure(String task) throws IOException {
		this.input.println(task);
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (line.startsWith(Worker.RESULT)) {
				return Measurement.parse(line.substring(Worker.RESULT.length()));
			}
			System.err.println(line);
		}
		throw new IOException("The client's process has ended");
	}

	@Override
	public void close() {
		this.input.close();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			this.process.destroy();
			Thread.currentThread().interrupt();
		}
	}

}
