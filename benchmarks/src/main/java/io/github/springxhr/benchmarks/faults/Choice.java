package io.github.springxhr.benchmarks.faults;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where the standards leave it to the client what becomes of a request.
 *
 * @param faults the names of the faults, a regular expression
 * @param what what may come of them, other than what is expected
 * @param allowed recognizes it
 * @param why what leaves it to the client
 */
record Choice(Pattern faults, String what, Predicate<Observation> allowed, String why) {

	private static final Predicate<Observation> ERROR = Observation::isFailure;

	private static final Predicate<Observation> HELLO = (told) -> told.has(200, "hello");

	private static final Predicate<Observation> REDIRECT = (told) -> told.reply() != null && told.reply().isRedirect();

	private static final Predicate<Observation> UNDECODED = (told) -> told.reply() != null
			&& told.reply().isUndecoded();

	private static final Predicate<Observation> UNLIMITED = (told) -> told.reply() != null
			&& (told.reply().body().endless() || told.reply().body().length() > Body.BLOCK);

	private static final List<Choice> ALL = List.of(
			of("one dead address.*", "an error", ERROR,
					"RFC 1123, 2.3 only advises to try the other addresses of a name"),
			of("stalled handshake", "nothing yet", Observation::isEndless,
					"no standard limits the time; Reactor Netty's limit of the handshake is another than of connecting: 10 s"),
			of("complete body without close_notify", "an error", ERROR,
					"RFC 9112, 9.8 only advises to take a body of known length without it"),
			of("(FIN|RST) before the end of the trailers", "the response", HELLO,
					"RFC 9112, 8 asks for the last chunk, and it has been received"),
			of("trailers of a megabyte|header of a megabyte|20,000 headers|reason phrase.*", "the response", HELLO,
					"how much is taken is the client's limit"),
			of("HTTP/3.7", "the response", HELLO, "no RFC says what a client does with another major version"),
			of("10[023] 16 times", "an error", ERROR,
					"RFC 9110, 15.2 asks for one or more, and names no number; here it is 16"),
			of("10[023] forever|drip without an end", "nothing yet", Observation::isEndless,
					"no standard limits the time; a client may limit silence only, and the server is not silent"),
			of("101 that nobody asked for", "the 101", (told) -> told.reply() != null && told.reply().status() == 101,
					"the caller sees what has been sent"),
			of("Content-Length twice, the same", "an error", ERROR, "RFC 9110, 8.6 allows both"),
			of("Content-Length and chunks", "the response by its chunks", HELLO,
					"RFC 9112, 6.3 only advises to refuse it"),
			of("NUL in a header", "a space in its place",
					(told) -> HELLO.test(told) && told.reply() != null && "a b".equals(told.reply().extra()),
					"RFC 9110, 5.5 allows both"),
			of("header without a colon", "the response", HELLO, "RFC 9112, 5 has a grammar, and no rule for clients"),
			of("space before the colon of a header", "an error", ERROR,
					"RFC 9112, 5.1 has rules for servers and proxies only"),
			of("(late )?body on 204", "an error", ERROR, "RFC 9110, 8.6 forbids the server what it has sent"),
			of("body on 205", "the body", (told) -> told.has(205, "poison"),
					"RFC 9110, 15.3.6 forbids the server the body; RFC 9112, 6.3 does not say that there is none"),
			of("body on 205", "an error", ERROR, "RFC 9110, 15.3.6 forbids the server what it has sent"),
			of(".* bomb|body past the limit|body of 10 GiB", "as much as is read", UNLIMITED,
					"no standard limits a body; the caller has to stop"),
			of(".*(bomb|gzip|deflate|br|zstd|two codings|six codings)", "the coded bytes, called coded", UNDECODED,
					"a client need not decode"),
			of("empty body called .*|two codings|unknown coding", "an error", ERROR,
					"no bytes are not coded data; a client need not know a coding"),
			of("with user name.*", "an error", ERROR, "RFC 9110, 4.2.4 advises to take it for one"),
			of("with a Location that.*|to (ftp|file|data|a port.*)|from https to http|loop|2[01] of them.*|with .*",
					"the redirect itself", REDIRECT, "RFC 9110, 15.4: a client may follow"),
			of("without a Location", "an error", ERROR, "there is nothing to follow"),
			of("20 of them.*", "an error", ERROR, "RFC 9110, 15.4 names no number, the Fetch Standard 20"),
			of("21 of them.*", "the response", HELLO, "RFC 9110, 15.4 names no number, the Fetch Standard 20"),
			of("from https to http", "the response", HELLO, "RFC 9110 does not forbid it"),
			of("with two Locations", "the response of the first", HELLO, "RFC 9110 does not say which counts"),
			of("(GET|POST), kept connection: (closed|reset) by the server", "an error", ERROR,
					"RFC 9112, 9.3.1: a client may try again"),
			of("GET, kept connection: (FIN|RST) before the response", "an error", ERROR,
					"RFC 9112, 9.3.1: a client may try again"),
			of("413 while.*", "an error", ERROR, "RFC 9112, 9.5 only advises to read while sending"));

	static List<Choice> all() {
		return ALL;
	}

	private static Choice of(String faults, String what, Predicate<Observation> allowed, String why) {
		return new Choice(Pattern.compile(faults), what, allowed, why);
	}

	boolean isAbout(Question question) {
		return this.faults.matcher(question.label()).matches();
	}

}
