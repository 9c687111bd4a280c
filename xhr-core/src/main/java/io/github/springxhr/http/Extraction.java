package io.github.springxhr.http;

import java.util.List;

/**
 * What was read from the header lines of one name.
 *
 * @param kind whether there is such a header and whether it keeps to its grammar
 * @param values the values in their order; empty if the header is absent or malformed,
 * and perhaps also if it is not
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#extract-header-list-values">Fetch
 * Standard, extract header list values</a>
 */
@Internal
public record Extraction(Kind kind, List<String> values) {

	static final Extraction ABSENT = new Extraction(Kind.ABSENT, List.of());

	static final Extraction MALFORMED = new Extraction(Kind.MALFORMED, List.of());

	static Extraction of(List<String> values) {
		return new Extraction(Kind.VALUES, List.copyOf(values));
	}

	/**
	 * Return whether there is no such header.
	 * @return {@code true} if the standard's result is null
	 */
	public boolean isAbsent() {
		return this.kind == Kind.ABSENT;
	}

	/**
	 * Return whether the header breaks its grammar.
	 * @return {@code true} if the standard's result is failure
	 */
	public boolean isMalformed() {
		return this.kind == Kind.MALFORMED;
	}

	/**
	 * How the extraction ended.
	 */
	public enum Kind {

		/** There is no such header. */
		ABSENT,

		/** There is one that breaks its grammar. */
		MALFORMED,

		/** There are values, perhaps none in a list that is empty. */
		VALUES

	}

}
