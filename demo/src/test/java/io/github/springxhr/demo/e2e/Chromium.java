package io.github.springxhr.demo.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/**
 * The browser that is installed on this machine. It can reach nothing but the machine
 * itself.
 */
final class Chromium implements AutoCloseable {

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome",
			"google-chrome-stable");

	static final String MISSING = "End-to-end tests are skipped: none of " + NAMES + " is on the PATH";

	private final Playwright playwright;

	private final Browser browser;

	private Chromium(Path executable) {
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(arguments()));
	}

	static Chromium launch() {
		return new Chromium(find().orElseThrow(() -> new IllegalStateException(MISSING)));
	}

	static Optional<Path> find() {
		String[] directories = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
		return NAMES.stream()
			.flatMap((name) -> Arrays.stream(directories).map((directory) -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static List<String> arguments() {
		List<String> arguments = new ArrayList<>(
				List.of("--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
						"--no-proxy-server", "--disable-background-networking", "--disable-component-update"));
		if ("root".equals(System.getProperty("user.name"))) {
			arguments.add("--no-sandbox");
		}
		return arguments;
	}

	Browser browser() {
		return this.browser;
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
