package io.github.springxhr.demo.e2e;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo's page, and what must not happen on it.
 */
final class DemoPage implements AutoCloseable {

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");

	/** What Chromium itself says about a request that fails, as some are meant to. */
	private static final Pattern OF_THE_BROWSER = Pattern
		.compile("Failed to load resource: (net::ERR_[A-Z_]+|the server responded with a status of [45]\\d\\d \\(.*\\))"
				+ "|Access to XMLHttpRequest at '[^']*' (\\(redirected from '[^']*'\\) )?from origin '[^']*' has been "
				+ "blocked by CORS policy: .*|Refused to set unsafe header \"[A-Za-z-]+\""
				// the styles of the message that it makes of XML that is not well-formed
				+ "|Applying inline style violates .*'sha256-(ICa0DhwZQJsOd/Rn0N8H6FdQ71GfNL\\+op2zhAQ\\+Y4mM="
				+ "|ZD0chCyBaNHl\\+4UwQHJIHGoYhKwMeyCXGgJTKW5/67E=)'.*", Pattern.DOTALL);

	private static final JsonMapper JSON = new JsonMapper();

	private final BrowserContext context;

	private final Page page;

	private final List<String> complaints = new ArrayList<>();

	DemoPage(Browser browser, Browser.NewContextOptions options, String url) {
		this.context = browser.newContext(options);
		this.page = this.context.newPage();
		this.page.onConsoleMessage(this::console);
		this.page.onPageError((error) -> this.complaints.add("error: " + error));
		this.page.onRequest(this::request);
		this.page.navigate(url);
		// waitForFunction() is what the page's Content-Security-Policy forbids
		this.page.evaluate("""
				() => new Promise((resolve) => {
					const look = () => (window.demo === undefined) ? setTimeout(look, 10) : resolve();
					look();
				})""");
	}

	private void console(ConsoleMessage message) {
		if (message.type().equals("error") && !OF_THE_BROWSER.matcher(message.text()).matches()) {
			this.complaints.add("console: " + message.text() + " at " + message.location());
		}
	}

	private void request(Request request) {
		URI url = URI.create(request.url().replaceFirst("[?#].*", ""));
		boolean network = url.getScheme().startsWith("http") || url.getScheme().startsWith("ws");
		if (network && !THIS_MACHINE.contains(url.getHost())) {
			this.complaints.add("request: " + request.url());
		}
	}

	Page page() {
		return this.page;
	}

	/** Console errors, uncaught errors and requests to other machines since last time. */
	List<String> complaints() {
		List<String> complaints = List.copyOf(this.complaints);
		this.complaints.clear();
		return complaints;
	}

	/** The specs of the scenarios by their ids, in order. */
	@SuppressWarnings("unchecked")
	Map<String, Map<String, Object>> scenarios() {
		Map<String, Map<String, Object>> scenarios = new LinkedHashMap<>();
		List<?> specs = (List<?>) this.page.evaluate(
				"() => Array.from(window.demo.scenarios, (scenario) => ({ id: scenario.id, ...(scenario.spec ?? scenario) }))");
		specs.forEach((spec) -> {
			Map<String, Object> map = (Map<String, Object>) spec;
			assertThat(scenarios.put(String.valueOf(map.get("id")), map)).isNull();
		});
		return scenarios;
	}

	/**
	 * Run a scenario in the browser and on the server.
	 * @param scenario an id or a spec as a map
	 */
	Outcome run(@Nullable Object scenario) {
		Object json = this.page.evaluate("async (scenario) => JSON.stringify(await window.demo.run(scenario))",
				scenario);
		return JSON.readValue((String) json, Outcome.class);
	}

	/**
	 * Run a scenario as a visitor does, by the keyboard.
	 * @return the page's own verdict
	 */
	String show(String id) {
		this.page.locator("[data-id=" + id + "]").press("Enter");
		this.page.locator("#start").press("Enter");
		Locator verdict = this.page.locator("#verdict:not([data-verdict=none])");
		verdict.waitFor();
		return verdict.getAttribute("data-verdict");
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What has become of a scenario.
	 *
	 * @param browser by the browser
	 * @param server by the server
	 */
	record Outcome(Log browser, Log server) {

	}

}
