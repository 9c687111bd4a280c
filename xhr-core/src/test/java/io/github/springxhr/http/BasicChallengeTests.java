package io.github.springxhr.http;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BasicChallengeTests {

	/** https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "Basic realm=\"x\"|basic{realm=x}",
			"BASIC REALM=x|basic{realm=x}", "Basic|basic{}", "``|``", ", ,|``",
			"Basic realm=\"a, b=\\\"c\\\\\", charset=\"UTF-8\"|basic{realm=a, b=\"c\\, charset=UTF-8}",
			"Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"|newauth{realm=apps, type=1, title=Login to \"apps\"} basic{realm=simple}",
			"Negotiate, Basic realm=x|negotiate{} basic{realm=x}", "Basic, Negotiate|basic{} negotiate{}",
			"Negotiate YII/+a-._~==, Basic realm=x|negotiate:YII/+a-._~== basic{realm=x}",
			"Negotiate abc|negotiate:abc", "Negotiate ABZ09|negotiate:ABZ09", "Basic realm=|basic:realm=",
			"Basic   realm \t=\t\"x\" ,\t,a=b|basic{realm=x, a=b}", "Basic , realm=x|basic{realm=x}",
			"Basic realm=\"\"|basic{realm=}", "Basic realm=x, realm=y|basic{realm=x}",
			"Digest a=b,Basic realm=x,Other|digest{a=b} basic{realm=x} other{}", "Basic a=b c=d, Other|basic{a=b}",
			"Basic realm=\"x|basic{}", "Basic realm=\"x\\|basic{}", "Basic realm=\"x\"y, Other|basic{realm=x}",
			"Basic realm=@, Other|basic{}", "Basic ===, Other|basic{}", "Basic a b, Other|basic{}",
			"realm=\"x\", Basic|``", "@, Basic|``", "Basic/x|``", "Basic\tx=y|``",
			"Basic realm=\"\u00E4\"|basic{realm=\u00E4}", "\"Basic\" realm=x|``" })
	void challengesAreRead(String value, String expected) {
		String read = ChallengeParser.parse(value)
			.stream()
			.map(BasicChallengeTests::text)
			.collect(Collectors.joining(" "));
		assertThat(read).isEqualTo(expected);
	}

	private static String text(Challenge challenge) {
		return challenge.scheme()
				+ ((challenge.token68() != null) ? ":" + challenge.token68() : challenge.parameters().toString());
	}

	/**
	 * https://www.rfc-editor.org/rfc/rfc7617#section-2; a bar stands between header lines
	 */
	@ParameterizedTest
	@CsvSource(delimiter = ';', nullValues = "-",
			value = { "Basic realm=x;x", "Digest realm=y|basic Realm=\"x y\";x y", "Digest realm=y, Basic realm=x;x",
					"Digest q=\"Basic realm=z\", Basic realm=x;x", "Digest q=\"Basic realm=z\";-", "Basic;''",
					"Basic abc;''", "Basic realm=x, Basic realm=y;x", "@|Basic realm=x;x", "Basicx realm=x;-", "'';-" })
	void basicChallengeIsFound(String lines, String realm) {
		HeaderList headers = new HeaderList();
		Arrays.stream(lines.split("\\|")).forEach((line) -> headers.add("www-authenticate", line));
		assertThat(BasicChallenge.find(headers)).isEqualTo((realm != null) ? new BasicChallenge(realm) : null);
	}

	@Test
	void withoutTheHeaderThereIsNoChallenge() {
		HeaderList headers = new HeaderList();
		headers.add("Proxy-Authenticate", "Basic realm=x");
		assertThat(BasicChallenge.find(headers)).isNull();
	}

	@Test
	void longQuotedStringIsRead() {
		String realm = "\\\"".repeat(100_000);
		assertThat(ChallengeParser.parse("Basic realm=\"" + realm + '"')).singleElement()
			.satisfies((challenge) -> assertThat(challenge.parameters().get("realm")).hasSize(100_000));
	}

	/** https://www.rfc-editor.org/rfc/rfc7617#section-2.1 */
	@ParameterizedTest
	@CsvSource({ "Aladdin,open sesame,Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "test,123\u00A3,Basic dGVzdDoxMjPCow==",
			"'','',Basic Og==" })
	void credentialsAreWritten(String username, String password, String expected) {
		assertThat(BasicCredentials.headerValue(username, password)).isEqualTo(expected);
	}

	@Test
	void loneSurrogateOfCredentialsIsReplaced() {
		String pair = BasicCredentials.headerValue("\uD800", "").substring("Basic ".length());
		assertThat(Base64.getDecoder().decode(pair)).containsExactly(0xEF, 0xBF, 0xBD, ':');
	}

}
