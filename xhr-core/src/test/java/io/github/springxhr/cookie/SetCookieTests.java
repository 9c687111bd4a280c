package io.github.springxhr.cookie;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What of a {@code Set-Cookie} header is kept: the table {@code set-cookie.txt}.
 */
class SetCookieTests {

	private static final Pattern BYTE = Pattern.compile("<([0-9A-F]{2})>");

	@ParameterizedTest
	@MethodSource("table")
	void keepsOrRefuses(String setCookie, String url, String expected) {
		assertThat(keep(setCookie, url)).isEqualTo(expected);
	}

	@Test
	void nameAndValueHave4096BytesTogether() {
		assertThat(keep("ab=" + "v".repeat(4_094), "https://example.com/")).startsWith("ab=v");
		assertThat(keep("ab=" + "v".repeat(4_095), "https://example.com/")).isEqualTo("TOO_LARGE");
		assertThat(keep("v".repeat(4_097), "https://example.com/")).isEqualTo("TOO_LARGE");
		assertThat(keep("a=b; Path=/" + "v".repeat(900) + "; x=" + "v".repeat(4_096), "https://example.com/"))
			.startsWith("a=b");
	}

	@Test
	void attributeValueOfMoreThan1024BytesIsNotRead() {
		String path = "/" + "p".repeat(1_023);
		assertThat(keep("a=b; Path=" + path, "https://example.com/")).isEqualTo("a=b example.com " + path);
		assertThat(keep("a=b; Path=" + path + "p", "https://example.com/")).isEqualTo("a=b example.com /");
		assertThat(keep("a=b; Path=/x; Path=" + path + "p", "https://example.com/")).isEqualTo("a=b example.com /x");
		assertThat(keep("a=b; Domain=" + "d".repeat(1_025), "https://example.com/")).isEqualTo("a=b example.com /");
	}

	static Stream<Arguments> table() throws IOException {
		try (InputStream table = SetCookieTests.class.getResourceAsStream("set-cookie.txt")) {
			List<String> lines = new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
				.lines()
				.toList();
			return lines.stream().filter((line) -> !line.isEmpty() && !line.startsWith("#")).map((line) -> {
				String[] cells = BYTE.matcher(line)
					.replaceAll((match) -> String.valueOf((char) Integer.parseInt(match.group(1), 16)))
					.split(" \\| ");
				return Arguments.of(cells[0], cells[1], cells[2]);
			});
		}
	}

	private static String keep(String setCookie, String url) {
		CookieAcceptance acceptance = new CookieAcceptance(JarFixture.url(url), true, TestClock.START,
				new PublicSuffixes());
		try {
			return describe(acceptance.accept(SetCookie.parse(setCookie), List.of()));
		}
		catch (CookieRefusedException ex) {
			return ex.refusal().name();
		}
	}

	private static String describe(Cookie cookie) {
		Instant expiry = cookie.expiryTime();
		StringBuilder text = new StringBuilder(cookie.name()).append('=')
			.append(cookie.value())
			.append(cookie.hostOnly() ? " " : " *")
			.append(cookie.domain())
			.append(' ')
			.append(cookie.path())
			.append(cookie.secure() ? " Secure" : "")
			.append(cookie.httpOnly() ? " HttpOnly" : "")
			.append((cookie.sameSite() != Cookie.SameSite.UNSET) ? " " + cookie.sameSite().name() : "");
		if (expiry != null) {
			text.append(cookie.isExpired(TestClock.START) ? " expired"
					: " " + Duration.between(TestClock.START, expiry).toSeconds());
		}
		return text.toString();
	}

}
