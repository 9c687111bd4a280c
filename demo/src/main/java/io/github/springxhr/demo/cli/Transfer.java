package io.github.springxhr.demo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrException;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;

/**
 * One request from beginning to end.
 *
 * <h2>Concurrency</h2> {@link #run()} waits in the main thread; {@link #abort()} is
 * called by the one that Ctrl-C starts.
 */
final class Transfer {

	private static final long ABORT_SECONDS = 2;

	private final Command command;

	private final XMLHttpRequest request;

	private final PrintStream out;

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile @Nullable Path unfinished;

	Transfer(Command command, XMLHttpRequest request, PrintStream out, boolean terminal) {
		this.command = command;
		this.request = request;
		this.out = out;
		new EventPrinter(out, terminal).listenTo(request);
	}

	ExitCode run() throws UsageException, InterruptedException {
		Blob body = body();
		this.request.setOnloadend((event) -> this.ended.countDown());
		try {
			this.request.open(this.command.method(), this.command.url());
		}
		catch (XhrException ex) {
			throw new UsageException(Printable.of(String.valueOf(ex.getMessage())));
		}
		// kept in a file if it is large
		this.request.setResponseType(XMLHttpRequestResponseType.BLOB);
		if (body != null) {
			this.request.send(body);
		}
		else {
			this.request.send();
		}
		this.ended.await();
		return result();
	}

	private @Nullable Blob body() throws UsageException {
		if (this.command.input() == null) {
			return null;
		}
		try {
			return File.of(this.command.input());
		}
		catch (IOException ex) {
			throw new UsageException(ExitCode.NO_INPUT, "Cannot read the file to send");
		}
	}

	private ExitCode result() throws UsageException {
		FetchFailure failure = this.request.getFailure();
		if (failure != null && failure.kind() == FailureKind.ABORT) {
			// the user knows, and this thread may not get to say it
			return ExitCode.ABORTED;
		}
		if (failure != null) {
			this.out.println(Printable
				.of(failure.kind().tag() + " while " + failure.phase().description() + ": " + failure.message()));
			return (failure.kind() == FailureKind.TIMEOUT) ? ExitCode.TIMEOUT : ExitCode.NETWORK_ERROR;
		}
		int status = this.request.getStatus();
		this.out
			.println(Printable.of(String.format(Locale.ROOT, "%d %s", status, this.request.getStatusText()).trim()));
		try (Blob response = (Blob) this.request.getResponse()) {
			if (status >= 400) {
				return ExitCode.ERROR_STATUS;
			}
			if (this.command.output() != null && response != null) {
				save(response, this.command.output());
			}
			return ExitCode.LOADED;
		}
	}

	/** All or nothing. */
	private void save(Blob response, Path output) throws UsageException {
		Path part = output.resolveSibling(output.getFileName() + ".part");
		this.unfinished = part;
		try (InputStream bytes = response.openStream()) {
			Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
			Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UsageException(ExitCode.CANNOT_CREATE, "Cannot write the response's file");
		}
		finally {
			removeUnfinished();
		}
	}

	/**
	 * Abort, if there is anything to abort, wait until its events are printed, and remove
	 * what was made.
	 */
	void abort() {
		try {
			if (this.ended.getCount() > 0) {
				this.request.abort();
				this.ended.await(ABORT_SECONDS, TimeUnit.SECONDS);
			}
			removeUnfinished();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void removeUnfinished() {
		Path path = this.unfinished;
		if (path != null) {
			try {
				Files.deleteIfExists(path);
			}
			catch (IOException ex) {
				this.out.println("An unfinished file is left: " + Printable.of(path.toString()));
			}
		}
	}

}
