package io.github.springxhr.http;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FilteredHeadersTests {

	private final HeaderList headers = new HeaderList();

	@BeforeEach
	void addHeaders() {
		this.headers.add("X-A", "1");
		this.headers.add("Set-Cookie", "2");
		this.headers.add("content-type", "3");
		this.headers.add("x-a", "4");
		this.headers.add("SET-COOKIE2", "5");
		this.headers.add("X-B", "6");
	}

	/** https://fetch.spec.whatwg.org/#concept-filtered-response-basic */
	@Test
	void basicResponseHidesCookies() {
		assertThat(lines(FilteredHeaders.basicFiltered(this.headers))).containsExactly("X-A: 1", "content-type: 3",
				"x-a: 4", "X-B: 6");
		assertThat(this.headers.size()).isEqualTo(6);
	}

	/** https://fetch.spec.whatwg.org/#concept-filtered-response-cors */
	@Test
	void corsResponseShowsWhatIsSafelistedOrExposed() {
		assertThat(lines(FilteredHeaders.corsFiltered(this.headers, List.of()))).containsExactly("content-type: 3");
		assertThat(lines(FilteredHeaders.corsFiltered(this.headers, this.headers.names()))).containsExactly("X-A: 1",
				"content-type: 3", "x-a: 4", "X-B: 6");
		assertThat(lines(FilteredHeaders.corsFiltered(this.headers, List.of("x-b")))).containsExactly("content-type: 3",
				"X-B: 6");
	}

	private static List<String> lines(HeaderList headers) {
		List<String> lines = new ArrayList<>();
		headers.forEach((name, value) -> lines.add(name + ": " + value));
		return lines;
	}

}
