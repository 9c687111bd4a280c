package io.github.springxhr.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderListTests {

	private final HeaderList headers = new HeaderList();

	@Test
	void getJoinsValuesWhateverTheCaseOfTheName() {
		this.headers.add("A", "1");
		this.headers.add("B", "2");
		this.headers.add("a", "3");
		assertThat(this.headers.get("a")).isEqualTo("1, 3");
		assertThat(this.headers.getAll("A")).containsExactly("1", "3");
		assertThat(this.headers.get("c")).isNull();
	}

	@Test
	void appendKeepsTheCaseThatIsThere() {
		this.headers.append("Accept", "1");
		this.headers.append("accept", "2");
		assertThat(this.headers.names()).containsExactly("Accept", "Accept");
	}

	@Test
	void setReplacesTheFirstAndRemovesTheOthers() {
		this.headers.add("A", "1");
		this.headers.add("B", "2");
		this.headers.add("a", "3");
		this.headers.set("a", "4");
		assertThat(this.headers.names()).containsExactly("A", "B");
		assertThat(this.headers.get("A")).isEqualTo("4");
	}

	@Test
	void deleteRemovesAll() {
		this.headers.add("A", "1");
		this.headers.add("a", "3");
		this.headers.delete("A");
		assertThat(this.headers.size()).isZero();
	}

	@Test
	void combineJoinsToTheFirst() {
		this.headers.combine("A", "1");
		this.headers.combine("a", "");
		assertThat(this.headers.getAll("A")).containsExactly("1, ");
	}

	@Test
	void sortIsThatOfUpperCaseNames() {
		this.headers.add("b_c", "1");
		this.headers.add("b-c", "2");
		this.headers.add("bA", "3");
		assertThat(this.headers.sortAndCombine()).isEqualTo("b-c: 2\r\nba: 3\r\nb_c: 1\r\n");
	}

	@Test
	void cookiesAreNotCombined() {
		this.headers.add("set-cookie", "a=1; Expires=Fri, 1 Jan 2100 00:00:00 GMT");
		this.headers.add("A", "1");
		this.headers.add("Set-Cookie", "b=2");
		assertThat(this.headers.sortAndCombine())
			.isEqualTo("a: 1\r\nset-cookie: a=1; Expires=Fri, 1 Jan 2100 00:00:00 GMT\r\nset-cookie: b=2\r\n");
	}

	@Test
	void textHasNoValues() {
		this.headers.add("Authorization", "secret");
		assertThat(this.headers).hasToString("[Authorization]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "5|5", "0|0", "'5, 5'|5", "'5,6'|-1", "''|-1", "-1|-1", "+5|-1", "5.0|-1",
			"99999999999999999999|-1", "5;|-1", "' 7 '|7" })
	void lengthIsExtracted(String value, long expected) {
		this.headers.add("Content-Length", value);
		assertThat(this.headers.extractLength()).isEqualTo(expected);
	}

	@Test
	void lengthsThatContradictEachOtherAreNone() {
		this.headers.add("Content-Length", "5");
		this.headers.add("content-length", "6");
		assertThat(this.headers.extractLength()).isEqualTo(-1);
	}

}
