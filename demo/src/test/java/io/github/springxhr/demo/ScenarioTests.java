package io.github.springxhr.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import io.github.springxhr.demo.run.Scenario;
import io.github.springxhr.demo.run.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page says is so.
 */
class ScenarioTests {

	private static final String SOURCE = """
			import io.github.springxhr.*;
			import io.github.springxhr.form.*;
			import java.nio.file.Path;
			import java.util.List;

			class Snippets {
				static org.slf4j.Logger log;
				static ProgressBar bar;
				interface ProgressBar {
					void set(long loaded, long total);
					void spin(long loaded);
				}
				%s
			}
			""";

	private static final String METHOD = """
			static void snippet%d(XhrFactory xhrFactory) throws java.io.IOException {
				%s
			}
			""";

	private final List<Scenario> scenarios = load();

	@Test
	void theJavaThatIsShownCompiles(@TempDir Path classes) {
		String methods = this.scenarios.stream()
			.map((scenario) -> METHOD.formatted(this.scenarios.indexOf(scenario), scenario.java()))
			.collect(Collectors.joining());
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		boolean compiled = compiler
			.getTask(null, null, diagnostics, List.of("-d", classes.toString(), "-proc:none"), null,
					List.of(new Source(SOURCE.formatted(methods))))
			.call();
		assertThat(compiled).as(diagnostics.getDiagnostics().toString()).isTrue();
	}

	@Test
	void theJavaThatIsShownSendsWhatIsRun() {
		assertThat(this.scenarios)
			.allSatisfy((scenario) -> assertThat(scenario.java()).contains("xhr.open(\"%s\", \"%s\"%s);"
				.formatted(scenario.spec().method(), scenario.spec().url(), further(scenario.spec()))));
	}

	private static String further(Spec spec) {
		if (spec.user() != null) {
			return ", %s, \"%s\", \"%s\"".formatted(spec.async(), spec.user(), spec.password());
		}
		return spec.async() ? "" : ", false";
	}

	@Test
	void theYamlThatIsShownIsInTheConfiguration() throws IOException {
		List<String> lines = new ClassPathResource("application.yml").getContentAsString(StandardCharsets.UTF_8)
			.lines()
			.toList();
		assertThat(this.scenarios)
			.allSatisfy((scenario) -> assertThat(lines).containsAll(scenario.yaml().lines().toList()));
	}

	private static List<Scenario> load() {
		List<Scenario> loaded = new ArrayList<>();
		new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
			.withUserConfiguration(PropertiesConfiguration.class)
			.run((context) -> loaded.addAll(context.getBean(DemoProperties.class).scenarios()));
		return loaded;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(DemoProperties.class)
	static class PropertiesConfiguration {

	}

	private static final class Source extends SimpleJavaFileObject {

		private final String code;

		Source(String code) {
			super(URI.create("string:///Snippets.java"), Kind.SOURCE);
			this.code = code;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.code;
		}

	}

}
