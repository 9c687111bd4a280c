package io.github.springxhr.form;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class URLSearchParamsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '~', nullValues = "-",
			value = { "''~[]", "?~[]", "a=b~[a=b]", "?a=b&c~[a=b, c=]", "??a=b~[?a=b]", "&&a=b&&~[a=b]", "=~[=]",
					"=b~[=b]", "a==b~[a==b]", "a=b=c~[a=b=c]", "a+b=c+d~[a b=c d]", "a%20b=%2B~[a b=+]", "%61=%~[a=%]",
					"a=%4~[a=%4]", "a=%zz~[a=%zz]", "a=%c3%A4~[a=\u00E4]", "a=\u00E4~[a=\u00E4]", "a=%C3~[a=\uFFFD]",
					"a=%EF%BB%BFx~[a=\uFEFFx]", "%EF%BB%BF%EF%BB%BF~[\uFEFF\uFEFF=]", "a=%FE%FFx~[a=\uFFFD\uFFFDx]",
					"a=%f0%9f%98%80~[a=\uD83D\uDE00]", "a%26b=%3D~[a&b==]", "a;b~[a;b=]", "a=%00~[a=\u0000]",
					"a=\uFF11%\uFF11~[a=\uFF11%\uFF11]" })
	void parses(String input, String expected) {
		assertThat(new URLSearchParams(input).iterator()).toIterable().asString().isEqualTo(expected);
	}

	@Test
	void loneSurrogatesAreReplacedBeforeParsing() {
		assertThat(new URLSearchParams("a=\uD800").get("a")).isEqualTo("\uFFFD");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~',
			value = { "a b~a+b", "a+b~a%2Bb", "*-._~*-._", "%~%25", "&=~%26%3D", "\u00E4~%C3%A4",
					"\uD83D\uDE00~%F0%9F%98%80", "'!''()'~%21%27%28%29", "azAZ09~azAZ09", "'\r\n\t'~%0D%0A%09",
					"/:?#[]@~%2F%3A%3F%23%5B%5D%40", "'\u0000\u007F'~%00%7F" })
	void serializes(String value, String expected) {
		URLSearchParams params = new URLSearchParams();
		params.append(value, value);
		params.append("~", "");
		assertThat(params).hasToString(expected + "=" + expected + "&%7E=");
	}

	@Test
	void emptyListIsAnEmptyString() {
		assertThat(new URLSearchParams()).hasToString("").hasSize(0);
		assertThat(new URLSearchParams().getSize()).isZero();
	}

	@Test
	void madeOfAMap() {
		Map<String, String> map = new LinkedHashMap<>();
		map.put("b", "1");
		map.put("\uD800", "2");
		map.put("a", "3");
		map.put("\uDC00", "4");
		assertThat(new URLSearchParams(map)).hasToString("b=1&%EF%BF%BD=4&a=3");
	}

	@Test
	void madeOfPairsAndOfAnother() {
		URLSearchParams params = new URLSearchParams(List.of(Map.entry("a", "1"), Map.entry("a", "2")));
		URLSearchParams copy = new URLSearchParams(params);
		params.append("b", "3");
		assertThat(copy).hasToString("a=1&a=2");
		assertThat(params.getSize()).isEqualTo(3);
	}

	@Test
	void queries() {
		URLSearchParams params = new URLSearchParams("a=1&b=2&a=3");
		assertThat(params.get("a")).isEqualTo("1");
		assertThat(params.get("c")).isNull();
		assertThat(params.getAll("a")).containsExactly("1", "3");
		assertThat(params.getAll("c")).isEmpty();
		assertThat(params.has("b")).isTrue();
		assertThat(params.has("c")).isFalse();
		assertThat(params.has("a", "3")).isTrue();
		assertThat(params.has("a", "2")).isFalse();
	}

	@Test
	void deleteByNameOrByNameAndValue() {
		URLSearchParams params = new URLSearchParams("a=1&b=2&a=3&a=1&c=4");
		params.delete("a", "1");
		assertThat(params).hasToString("b=2&a=3&c=4");
		params.delete("a");
		assertThat(params).hasToString("b=2&c=4");
	}

	@Test
	void setReplacesTheFirstAndRemovesTheOthers() {
		URLSearchParams params = new URLSearchParams("a=1&b=2&a=3");
		params.set("a", "4");
		params.set("c", "5");
		assertThat(params).hasToString("a=4&b=2&c=5");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~',
			value = { "z=b&a=b&z=a&a=a~[a=b, a=a, z=b, z=a]", "\uFFFD=x&\uFFFC&\uFFFD=a~[\uFFFC=, \uFFFD=x, \uFFFD=a]",
					"\uFB03&\uD83C\uDF08~[\uD83C\uDF08=, \uFB03=]",
					"bbb&bb&aaa&aa=x&aa=y~[aa=x, aa=y, aaa=, bb=, bbb=]", "z=z&=f&=t&=x~[=f, =t, =x, z=z]" })
	void sortsByCodeUnitsAndIsStable(String input, String expected) {
		URLSearchParams params = new URLSearchParams(input);
		params.sort();
		assertThat(params.iterator()).toIterable().asString().isEqualTo(expected);
	}

	@Test
	void iterationGoesByIndexAndEntriesDoNotChange() {
		URLSearchParams params = new URLSearchParams("a=1&b=2");
		Iterator<Entry<String, String>> iterator = params.iterator();
		Entry<String, String> first = iterator.next();
		params.append("c", "3");
		params.set("a", "9");
		assertThat(first).hasToString("a=1");
		assertThat(iterator).toIterable().asString().isEqualTo("[b=2, c=3]");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> first.setValue("x"));
	}

}
