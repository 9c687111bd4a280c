package io.github.springxhr.demo.e2e;

import java.nio.file.Path;
import java.util.List;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page itself.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "demo.pace=0.05", "spring.main.web-application-type=reactive" })
@ExtendWith(ChromiumExtension.class)
class PageEndToEndTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource({ "LIGHT, 1280", "DARK, 1280", "LIGHT, 390", "DARK, 390" })
	void isAccessibleAndFits(ColorScheme scheme, int width, Browser browser) {
		try (DemoPage page = open(browser, scheme, width)) {
			assertThat(page.show("chunked")).isEqualTo("equal");
			List<Rule> violations = new AxeBuilder(page.page()).analyze().getViolations();
			assertThat(violations).as(() -> describe(violations)).isEmpty();
			assertThat(page.page().evaluate("() => document.documentElement.scrollWidth")).isEqualTo(width);
			assertThat(page.complaints()).isEmpty();
		}
	}

	private static String describe(List<Rule> violations) {
		return violations.stream()
			.map((rule) -> rule.getId() + ": " + rule.getHelp() + " "
					+ rule.getNodes().stream().map((node) -> node.getTarget() + " " + node.getHtml()).toList())
			.toList()
			.toString();
	}

	/** The README's image: {@code -Pe2e}. */
	@Test
	@EnabledIfSystemProperty(named = "demo.e2e.screenshot", matches = ".+")
	void isShownInTheReadme(Browser browser) {
		try (DemoPage page = open(browser, ColorScheme.LIGHT, 1280)) {
			page.show("upload");
			page.page().mouse().move(0, 0);
			page.page()
				.screenshot(new Page.ScreenshotOptions().setPath(Path.of(System.getProperty("demo.e2e.screenshot"))));
		}
	}

	private DemoPage open(Browser browser, ColorScheme scheme, int width) {
		return new DemoPage(browser, new Browser.NewContextOptions().setColorScheme(scheme)
			.setViewportSize(width, (width < 500) ? 844 : 900), "http://localhost:" + this.port + "/");
	}

}
