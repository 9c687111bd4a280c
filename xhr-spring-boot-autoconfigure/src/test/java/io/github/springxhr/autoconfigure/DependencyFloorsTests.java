package io.github.springxhr.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.springxhr.autoconfigure.DependencyFloors.Library;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Libraries with known weaknesses are warned of, and this build has none of them.
 */
@ExtendWith(OutputCaptureExtension.class)
class DependencyFloorsTests {

	@ParameterizedTest
	@CsvSource({ "4.2.17.Final", "4.2.9.Final", "4.1.138.Final", "3.9.99", "4.2.17-SNAPSHOT" })
	void olderVersionIsWarnedOf(String version) {
		assertThat(new Library("Netty", "netty.version", "4.2.18", version).warning()).contains("Netty " + version)
			.contains("'netty.version'")
			.contains("4.2.18");
	}

	@ParameterizedTest
	@CsvSource({ "4.2.18.Final", "4.2.18", "4.2.180.Final", "4.3.0.Alpha1", "5.0.0", "unknown", "4.2", "," })
	void otherVersionsAreNot(String version) {
		assertThat(new Library("Netty", "netty.version", "4.2.18", version).warning()).isNull();
	}

	@Test
	void nothingIsWarnedOfInThisBuild(CapturedOutput output) {
		DependencyFloors.warn();
		assertThat(output).doesNotContain("weaknesses");
	}

	@Test
	void floorsAreThoseThatTheBuildEnforcesAndTheDocsName() throws IOException {
		String pom = Files.readString(Path.of("../pom.xml"));
		assertThat(pom).contains("<exclude>io.netty:*:(,%s.Final)</exclude>".formatted(DependencyFloors.NETTY))
			.contains("<exclude>io.projectreactor.netty:*:(,%s)</exclude>".formatted(DependencyFloors.REACTOR_NETTY));
		assertThat(Files.readString(Path.of("../docs/security.md"))).contains("Netty " + DependencyFloors.NETTY)
			.contains("Reactor Netty " + DependencyFloors.REACTOR_NETTY);
		assertThat(Files.readString(Path.of("../README.md")))
			.contains(DependencyFloors.NETTY + ".Final</netty.version>")
			.contains("</reactor-bom.version>");
	}

}
