package io.github.springxhr.test.autoconfigure;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.test.autoconfigure.application.Application;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.test.context.ContextConfiguration;

import static io.github.springxhr.test.XhrAssertions.assertThat;

/**
 * Clients in a slice that is not theirs.
 */
@JsonTest(properties = "xhr.base-url=http://localhost/")
@AutoConfigureXhr
@ContextConfiguration(classes = Application.class)
class AutoConfigureXhrTests {

	@Test
	void anotherSliceHasClients(@Autowired XhrFactory factory) {
		assertThat(factory.create()).hasReadyState(0);
	}

}
