package io.github.springxhr.mime;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MimeType}.
 */
class MimeTypeTests {

	@ParameterizedTest
	@CsvSource(delimiter = '>', quoteCharacter = '@', textBlock = """
			TEXT/HTML;CHARSET=GBK           > text/html;charset=GBK
			text/html ;charset=gbk          > text/html;charset=gbk
			text/html;charset =gbk          > text/html
			text/html; charset=gbk          > text/html;charset=gbk
			text/html;charset= gbk          > text/html;charset=" gbk"
			text/html;charset=gbk;charset=x > text/html;charset=gbk
			text/html;test;charset=gbk      > text/html;charset=gbk
			text/html;test=;charset=gbk     > text/html;charset=gbk
			text/html;';charset=gbk         > text/html;charset=gbk
			text/html;";charset=gbk         > text/html;charset=gbk
			text/html ; ; charset=gbk       > text/html;charset=gbk
			text/html;;;;charset=gbk        > text/html;charset=gbk
			text/html;charset="gbk"         > text/html;charset=gbk
			text/html;charset="gbk          > text/html;charset=gbk
			text/html;charset=gbk"          > text/html;charset="gbk\\""
			text/html;charset="\\g\\bk"x;a=b > text/html;charset=gbk;a=b
			text/html;charset=""            > text/html;charset=""
			text/html;charset={gbk}         > text/html;charset="{gbk}"
			text/html;charset='gbk'         > text/html;charset='gbk'
			text/html;x=(;charset=gbk       > text/html;x="(";charset=gbk
			x/x;test="\\                    > x/x;test="\\\\"
			x/x;test=\u00FF                 > x/x;test="\u00FF"
			x/x;test=\uFFFD;x=x             > x/x;x=x
			x/x;test="\u007F";x=x           > x/x;x=x
			!#$%&'*+-.^_`|~/0;a==b          > !#$%&'*+-.^_`|~/0;a="=b"
			""")
	void parsesAndSerializes(String input, String expected) {
		assertThat(MimeType.valueOf(input)).hasToString(expected);
	}

	@Test
	void ignoresHttpWhitespaceAround() {
		assertThat(MimeType.valueOf("\t\n\r text/html;a=b \t")).hasToString("text/html;a=b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\t", "/", "bogus", "bogus/", "bogus/ ", "/bogus", "bogus/bogus/;", "</>", "(/)",
			"text/html(;doesnot=matter", "te xt/html", "text /html", "\u0100/\u0100", "\ftext/html" })
	void failsToParse(String input) {
		assertThat(MimeType.parse(input)).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> MimeType.valueOf(input));
	}

	@Test
	void hasPartsInLowerCase() {
		MimeType mimeType = MimeType.valueOf("Text/HTML;Charset=UTF-8;B=1;a=2");
		assertThat(mimeType.getType()).isEqualTo("text");
		assertThat(mimeType.getSubtype()).isEqualTo("html");
		assertThat(mimeType.getEssence()).isEqualTo("text/html");
		assertThat(mimeType.getParameter("CHARSET")).isEqualTo("UTF-8");
		assertThat(mimeType.getParameter("none")).isNull();
	}

	@Test
	void keepsTheOrderOfParameters() {
		assertThat(MimeType.valueOf("a/b;z=1;y=2;x=3").getParameters().keySet()).containsExactly("z", "y", "x");
	}

	@Test
	void replacesParameterInItsPlace() {
		MimeType mimeType = MimeType.valueOf("text/html;charset=gbk;a=b");
		assertThat(mimeType.withParameter("Charset", "UTF-8")).hasToString("text/html;charset=UTF-8;a=b");
		assertThat(mimeType).hasToString("text/html;charset=gbk;a=b");
	}

	@Test
	void appendsParameter() {
		assertThat(MimeType.valueOf("a/b;x=y").withParameter("c", "d e")).hasToString("a/b;x=y;c=\"d e\"");
	}

	@Test
	void refusesParameterThatCouldNotBeParsed() {
		MimeType mimeType = MimeType.valueOf("a/b");
		assertThatIllegalArgumentException().isThrownBy(() -> mimeType.withParameter("a b", "c"));
		assertThatIllegalArgumentException().isThrownBy(() -> mimeType.withParameter("a", "\r\n"));
	}

	@ParameterizedTest
	@CsvSource({ "text/xml, true", "application/xml, true", "image/svg+xml, true", "application/xhtml+xml, true",
			"text/html, false", "text/xmlx, false", "image/xml, false" })
	void knowsXml(String input, boolean expected) {
		assertThat(MimeType.valueOf(input).isXml()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "text/html, true", "TEXT/HTML;a=b, true", "application/xhtml+xml, false", "x/html, false" })
	void knowsHtml(String input, boolean expected) {
		assertThat(MimeType.valueOf(input).isHtml()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "application/json, true", "text/json, true", "application/problem+json, true", "x/json, false" })
	void knowsJson(String input, boolean expected) {
		assertThat(MimeType.valueOf(input).isJson()).isEqualTo(expected);
	}

	@Test
	void equalsByParts() {
		MimeType mimeType = MimeType.valueOf("a/b;c=d");
		assertThat(mimeType).isEqualTo(MimeType.valueOf("A/B; C=\"d\"")).hasSameHashCodeAs(MimeType.valueOf("A/B;C=d"));
		assertThat(mimeType).isNotEqualTo(MimeType.valueOf("a/b"))
			.isNotEqualTo(MimeType.valueOf("a/c;c=d"))
			.isNotEqualTo(MimeType.valueOf("c/b;c=d"))
			.isNotEqualTo("a/b;c=d");
	}

	@Test
	void extractsTheLastOne() {
		assertThat(extract("text/plain;charset=gbk, text/html")).isEqualTo("text/html");
	}

	@Test
	void extractInheritsCharsetOfTheSameEssence() {
		assertThat(extract("text/html;charset=gbk;a=b, text/html;x=y")).isEqualTo("text/html;x=y;charset=gbk");
		assertThat(extract("text/html;charset=gbk;a=b", "text/html;x=y")).isEqualTo("text/html;x=y;charset=gbk");
		assertThat(extract("a/b;charset=gbk", "a/b", "a/b")).isEqualTo("a/b;charset=gbk");
	}

	@Test
	void extractForgetsCharsetWhenTheEssenceChanges() {
		assertThat(extract("text/html;charset=gbk", "x/x", "text/html;x=y")).isEqualTo("text/html;x=y");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cannot-parse", "*/*", "" })
	void extractSkipsWhatIsNoMimeType(String last) {
		assertThat(extract("text/html", last)).isEqualTo("text/html");
	}

	@Test
	void extractKeepsCommaInQuotedString() {
		assertThat(extract("text/html;x=\"a, b/c\"")).isEqualTo("text/html;x=\"a, b/c\"");
	}

	@Test
	void extractReadsOnWhenAQuotedStringIsLeftOpen() {
		assertThat(extract("text/html;x=\"", "text/plain")).isEqualTo("text/html;x=\", text/plain\"");
		assertThat(extract("text/html;\"", "text/plain")).isEqualTo("text/html");
		assertThat(extract("text/html;charset=gbk", "text/html;x=\",text/plain"))
			.isEqualTo("text/html;x=\",text/plain\";charset=gbk");
	}

	@Test
	void extractFailsWithoutMimeType() {
		assertThat(MimeType.extract(List.of())).isNull();
		assertThat(MimeType.extract(List.of("", "*/*", "x"))).isNull();
	}

	private static String extract(String... values) {
		return String.valueOf(MimeType.extract(List.of(values)));
	}

}
