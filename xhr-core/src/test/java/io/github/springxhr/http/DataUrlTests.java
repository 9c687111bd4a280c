package io.github.springxhr.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.github.springxhr.mime.MimeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DataUrlTests {

	private static final String DEFAULT = "text/plain;charset=US-ASCII";

	/** https://fetch.spec.whatwg.org/#data-url-processor; the body is Latin-1 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = { "data:,X|-|X", "DATA:,X|-|X",
			"data:,|-|``", "data:,X#X|-|X", "data:,X?y=z|-|X?y=z", "data:,X?%41#f|-|X?A",
			"data:text/plain,X|text/plain|X", "data:text/html,<b>\u00E4</b>|text/html|<b>\u00C3\u00A4</b>",
			"data:text/plain;charset=utf-8,a,b|text/plain;charset=utf-8|a,b",
			"data:;charset=utf-8,X|text/plain;charset=utf-8|X", "data: text/plain ,X|text/plain|X",
			"data:text/plain  ;a=b  ,X|text/plain;a=b|X", "data:x,X|-|X", "data:/,X|-|X", "data://test/,X|-|X",
			"data:///x/../,X|-|X", "data:;,X|text/plain|X", "data:;base64,WA|-|X", "data:;BASE64,WA==|-|X",
			"data:text/html; base64,WA|text/html|X", "data:text/html;   base64 ,WA|text/html|X",
			"data:;%62ase64,WA|text/plain|WA", "data:base64,WA|-|WA", "data:;base64x,WA|text/plain|WA",
			"data:;base64;,WA|text/plain|WA", "data:;base64;base64,WA|text/plain|X",
			"data:;base64;x=y,WA|text/plain;x=y|WA", "data:;x=y;base64,WA|text/plain;x=y|X",
			"data:;base64,W%20A%0A%0D%0C%09=%3D|-|X", "data:;base64,WA?|-|-", "data:,a%00%ff%fF|-|a\u0000\u00FF\u00FF",
			"data:,%|-|%", "data:,%4|-|%4", "data:,%zz%4z|-|%zz%4z", "data:,a b?c \"d|-|a b?c \"d", "data:,a ?b|-|a ?b",
			"data:text/plain;a=\",\",X|text/plain;a=\"\"|\",X", "data:image/gif,%F6|image/gif|\u00F6" })
	void urlIsRead(String input, String type, String body) {
		DataUrl dataUrl = DataUrl.parse(Url.parse(input, null));
		if (body == null) {
			assertThat(dataUrl).isNull();
			return;
		}
		assertThat(dataUrl.mimeType()).isEqualTo(MimeType.valueOf((type != null) ? type : DEFAULT));
		assertThat(new String(dataUrl.body(), StandardCharsets.ISO_8859_1)).isEqualTo(body);
	}

	/** https://fetch.spec.whatwg.org/#data-url-processor */
	@ParameterizedTest
	@ValueSource(strings = { "data:", "data:text/plain", "data:;base64", "data:text/plain#,X", "data:/,X/../y" })
	void commaIsNeeded(String input) {
		assertThat(DataUrl.parse(Url.parse(input, null))).isNull();
	}

	/**
	 * https://infra.spec.whatwg.org/#forgiving-base64-decode; failures are written as -,
	 * control characters as escapes of Java
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			value = { "``|``", "abcd|69 b7 1d", "ab|69", "abc|69 b7", "a|-", "abcde|-", "ab==|69", "ab=|-",
					"abc=|69 b7", "abcd=|-", "abcd==|-", "abcd===|-", "abcd====|-", "=|-", "==|-", "===|-", "====|-",
					"a=|-", "a==|-", "a===|-", "=a|-", "ab=c|-", "ab=cd|-", "\\40a b\\tc\\nd\\f\\r|69 b7 1d",
					"ab= =|69", "ab\\13|-", "ab\\240|-", "A-|-", "A_|-", "+/+/|fb ff bf", "/B|fc", "/A|fc",
					"AAA/|00 00 3f", "ab\u00E4=|-", "a\\0b|-" })
	void base64IsForgiving(String text, String expected) {
		byte[] bytes = ForgivingBase64.decode(text.translateEscapes());
		if (expected == null) {
			assertThat(bytes).isNull();
			return;
		}
		assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes)).isEqualTo(expected);
	}

	@Test
	void malformedBase64Fails() {
		assertThat(DataUrl.parse(Url.parse("data:;base64,a", null))).isNull();
	}

	@Test
	void otherSchemeIsRefused() {
		Url url = Url.parse("http://h/,X", null);
		assertThatIllegalArgumentException().isThrownBy(() -> DataUrl.parse(url));
	}

	@Test
	void textHidesTheBody() {
		assertThat(DataUrl.parse(Url.parse("data:text/html;a=secret,secret", null))).hasToString("text/html, 6 bytes");
	}

}
