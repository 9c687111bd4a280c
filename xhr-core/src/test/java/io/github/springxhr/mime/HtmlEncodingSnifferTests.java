package io.github.springxhr.mime;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HtmlEncodingSniffer}.
 */
class HtmlEncodingSnifferTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '@', delimiter = '|', textBlock = """
			<meta charset=gbk>                                                      | GBK
			<META CHARSET="GBK">                                                    | GBK
			<meta/charset='gbk'/>                                                   | GBK
			<meta charset = gbk >                                                   | GBK
			<meta charset=utf-16>                                                   | UTF-8
			<meta charset=utf-16be>                                                 | UTF-8
			<meta charset=x-user-defined>                                           | windows-1252
			<meta http-equiv=Content-Type content="text/html; charset=gbk">         | GBK
			<meta content="text/html; charset=gbk" http-equiv=Content-Type>         | GBK
			<meta http-equiv=content-type content="charset charset = 'gbk' x">      | GBK
			<meta http-equiv=content-type content="charset=gbk;x">                  | GBK
			<meta charset=big5 http-equiv=content-type content="charset=gbk">       | Big5
			<meta http-equiv=content-type content="charset=gbk" charset=big5>       | Big5
			<meta content="charset=gbk" charset=big5>                               | Big5
			<meta charset=gbk charset=big5>                                         | GBK
			<meta charset=bogus><meta charset=gbk>                                  | GBK
			<!-- <meta charset=big5> --><meta charset=gbk>                          | GBK
			<!--><meta charset=gbk>                                                 | GBK
			<!---><meta charset=gbk>                                                | GBK
			<!doctype html><html lang=en><head><title>x</title><meta charset=gbk>   | GBK
			<a title="<meta charset=big5>"><meta charset=gbk>                       | GBK
			</a title='<meta charset=big5>'><meta charset=gbk>                      | GBK
			<?x <meta charset=big5><meta charset=gbk>                               | GBK
			</ <meta charset=big5><meta charset=gbk>                                | GBK
			<a =">"><meta charset=gbk>                                              | GBK
			<metax charset=big5><meta charset=gbk>                                  | GBK
			1 < 2<meta charset=gbk>                                                 | GBK
			<?xml version="1.0" encoding="gbk"?><html>                              | GBK
			<?xml version="1.0" encoding="utf-16"?><html>                           | UTF-8
			<?xml version="1.0" encoding="gbk"?><meta charset=big5>                 | Big5
			""")
	void findsEncoding(String document, String expected) {
		assertThat(prescan(document)).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<", "<meta", "<meta ", "<meta charset", "<meta charset=gbk", "<meta charset='gbk'",
			"<meta charset='gbk>", "<meta charset=bogus>", "<meta charset>", "<!-- <meta charset=gbk>",
			"<meta content='charset=gbk'>", "<meta http-equiv=refresh content='charset=gbk'>",
			"<meta http-equiv=content-type content='text/html'>",
			"<meta http-equiv=content-type content='charset gbk'>",
			"<meta http-equiv=content-type content='charset=\"gbk'>", "<a x=\"<meta charset=gbk>", "<!", "</", "</a",
			"<meta http-equiv=content-type content='charset='>",
			"<meta charset=bogus content='charset=gbk' " + "http-equiv=content-type>" })
	void findsNone(String document) {
		assertThat(prescan(document)).isNull();
	}

	@Test
	void recognizesUtf16Declaration() {
		byte[] bytes = "<?xml".getBytes(StandardCharsets.UTF_16LE);
		assertThat(HtmlEncodingSniffer.prescan(bytes, 0, bytes.length)).isSameAs(Encoding.UTF_16LE);
		assertThat(HtmlEncodingSniffer.prescan(bytes, 0, 5)).isNull();
		bytes = "<?xml".getBytes(StandardCharsets.UTF_16BE);
		assertThat(HtmlEncodingSniffer.prescan(bytes, 0, bytes.length)).isSameAs(Encoding.UTF_16BE);
	}

	@Test
	void readsNoFurtherThan1024Bytes() {
		String meta = "<meta charset=gbk>";
		String padding = " ".repeat(1024 - meta.length());
		assertThat(prescan(padding + meta)).isSameAs(Encoding.GBK);
		assertThat(prescan(padding + " " + meta)).isNull();
	}

	@Test
	void readsARange() {
		byte[] bytes = Bytes.latin1("<!--<meta charset=gbk>-->");
		assertThat(HtmlEncodingSniffer.prescan(bytes, 4, 18)).isSameAs(Encoding.GBK);
	}

	private static @Nullable Encoding prescan(String document) {
		byte[] bytes = Bytes.latin1(document);
		return HtmlEncodingSniffer.prescan(bytes, 0, bytes.length);
	}

}
