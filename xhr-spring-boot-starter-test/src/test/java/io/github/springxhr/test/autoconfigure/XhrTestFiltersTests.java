package io.github.springxhr.test.autoconfigure;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.test.autoconfigure.application.Application;
import io.github.springxhr.test.autoconfigure.application.Catalog;
import io.github.springxhr.test.autoconfigure.application.Scanned;
import io.github.springxhr.test.autoconfigure.application.Team;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the attributes of {@link XhrTest @XhrTest} change.
 */
@XhrTest(value = { Catalog.class, Catalog.class }, useDefaultFilters = false,
		properties = "xhr.clients.catalog.base-url=http://localhost/",
		includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = { Catalog.class, Scanned.class }),
		excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Catalog.class),
		excludeAutoConfiguration = WebClientAutoConfiguration.class)
@ContextConfiguration(classes = Application.class)
class XhrTestFiltersTests {

	@Autowired
	private ApplicationContext context;

	@Test
	void whatIsIncludedIsThere() {
		assertThat(this.context.getBeanNamesForType(Scanned.class)).hasSize(1);
	}

	@Test
	void whatIsExcludedIsNotThere() {
		assertThat(this.context.getBeanNamesForType(Catalog.class)).isEmpty();
	}

	@Test
	void whatIsIncludedByDefaultCanBeLeftOut() {
		assertThat(this.context.getBeanNamesForType(Team.class)).isEmpty();
	}

	@Test
	void anExcludedAutoConfigurationIsNotThere() {
		assertThat(this.context.getBeanNamesForType(WebClient.Builder.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(XhrFactory.class)).hasSize(2);
	}

}
