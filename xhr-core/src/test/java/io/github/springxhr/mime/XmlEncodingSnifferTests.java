package io.github.springxhr.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XmlEncodingSniffer}.
 */
class XmlEncodingSnifferTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '@', delimiter = '|', textBlock = """
			<?xml version="1.0" encoding="windows-1251"?><a/>  | windows-1251
			<?xml version='1.0' encoding='ISO-8859-1'?><a/>    | windows-1252
			<?xml version="1.0" encoding = "GBK" ?><a/>        | GBK
			<?xml version="1.0" encoding="UTF-16"?><a/>        | UTF-8
			<?xml version="1.0" encoding="utf-16be"?><a/>      | UTF-8
			<?xml version="1.0" encoding="nonsense"?><a/>      | UTF-8
			<?xml version="1.0" encoding=" GBK"?><a/>          | UTF-8
			<?xml version="1.0" encoding=GBK?><a/>             | UTF-8
			<?xml version="1.0" encoding="GBK                  | UTF-8
			<?xml version="1.0"?><a encoding="GBK"/>           | UTF-8
			<?xml version="1.0" encoding?><a/>                 | UTF-8
			<?xml version="1.0"?><a/>                          | UTF-8
			<a encoding="GBK"/>                                | UTF-8
			""")
	void readsDeclaration(String document, String expected) {
		assertThat(sniff(document, StandardCharsets.ISO_8859_1)).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16BE", "UTF-16LE" })
	void recognizesUtf16WithoutByteOrderMark(String charset) {
		String document = "<?xml version='1.0' encoding='utf-8'?><a/>";
		assertThat(sniff(document, Charset.forName(charset))).hasToString(charset);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16BE", "UTF-16LE" })
	void byteOrderMarkHasTheLastWord(String charset) {
		String document = "\uFEFF<?xml version='1.0' encoding='gbk'?><a/>";
		assertThat(sniff(document, Charset.forName(charset))).hasToString(charset);
	}

	@Test
	void emptyDocumentIsUtf8() {
		assertThat(sniff("", StandardCharsets.UTF_8)).isSameAs(Encoding.UTF_8);
	}

	@Test
	void readsNoFurtherThan1024Bytes() {
		String start = "<?xml version='1.0'";
		String end = "encoding='gbk'?>";
		String padding = " ".repeat(1024 - start.length() - end.length());
		assertThat(sniff(start + padding + end, StandardCharsets.US_ASCII)).isSameAs(Encoding.GBK);
		assertThat(sniff(start + padding + " " + end, StandardCharsets.US_ASCII)).isSameAs(Encoding.UTF_8);
	}

	@Test
	void readsARange() {
		byte[] bytes = Bytes.latin1("xx<?xml encoding='gbk'?>");
		assertThat(XmlEncodingSniffer.sniff(bytes, 2, bytes.length - 2)).isSameAs(Encoding.GBK);
	}

	private static Encoding sniff(String document, Charset charset) {
		byte[] bytes = document.getBytes(charset);
		return XmlEncodingSniffer.sniff(bytes, 0, bytes.length);
	}

}
