package example.shop;

import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * This service has the Netty of its Spring Boot, which is older than the floor. When it
 * is not any more, this test has nothing left to show.
 */
@ExtendWith(OutputCaptureExtension.class)
class OldNettyTests {

	@Test
	void isWarnedOfAtTheStart(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class))
			.run((context) -> assertThat(output).contains("has known weaknesses: set 'netty.version' in the build"));
	}

}
