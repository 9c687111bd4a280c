package io.github.springxhr.mime;

/**
 * Decodes Big5 with the Hong Kong supplementary character set.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#big5-decoder">Big5 decoder</a>
 */
final class Big5Decoder extends LeadTrailDecoder {

	/**
	 * Where the standard's index differs from the JDK's Big5-HKSCS. The first four are
	 * pairs of a letter and a combining mark.
	 */
	private static final String CORRECTIONS = """
			1133:CA0304 1135:CA030C 1164:EA0304 1166:EA030C 2082:7BB8 2088:7C06 2103:7CCE 2114:7DD2 2123:7E1D
			2148:8005 2151:8028 2221:83C1 2239:84A8 2244:840F 2303:89A6,89A9 2354:8D77 2400:90FD 2413:92B9
			2477:975C 2498:97FF 2605:9F16 2673:8503 2746:5159,515B,515D,515E 2771:936E 2780:7479 2990:6D67
			3087:799B 3259:9097 3301:975D 3436:701E 3451:5B28 4136:7201 4138:77D7 4141:7E87 4182:99D6 4206:91D4
			4220:60DE 4230:6FB6 4241:8F36 4258:4FBB 4273:71DF 4279:9104 4282:9DF0 4294:83CF 4329:5C10,79E3
			4349:5A67 4419:8F0B 4422:7B51 4494:62D0 4624:6062 4694:75F9 4708:6C4A 4742:9B2E 4748:9F17 4815:50ED
			4828:5F0C 4902:880F 4922:62CE 4982:7468 4992:7162 4997:7250 5029:2027 5038:FE51 5050:2574
			5120:AF,FFE3 5123:2CD 5153:FF5E 5168:2295,2299 5180:FF0F,FF3C,2215,FE68 5185:FFE5 5187:FFE0,FFE1
			5432:2400,2401,2402,2403,2404,2405,2406,2407,2408,2409,240A,240B,240C,240D,240E,240F
			5448:2410,2411,2412,2413,2414,2415,2416,2417,2418,2419,241A,241B,241C,241D,241E,241F 5464:2421,20AC
			10942:5EF4 10946:65E0 10948:7676 10950:96B6 10957:3003,4EDD 19028:5029 19035:507D 19088:5305
			19096:5344 19112:537F 19162:5605 19240:5A77 19299:5E75 19305:5ED0 19326:5F58 19355:60A4 19398:6490
			19439:6674 19454:675E 19553:6C9C,6E1D 19557:6E2F 19611:716E 19643:732A 19672:745C 19697:74E9
			19748:7809
			""";

	static final MultiByteIndex INDEX = MultiByteIndex.read("Big5-HKSCS", 126 * 157, Big5Decoder::bytes)
		.with(CORRECTIONS);

	@Override
	int single(int b) {
		if (isAscii(b)) {
			return b;
		}
		return in(b, 0x81, 0xFE) ? LEAD : ERROR;
	}

	@Override
	int pair(int lead, int trail) {
		if (!in(trail, 0x40, 0x7E) && !in(trail, 0xA1, 0xFE)) {
			return ERROR;
		}
		return INDEX.get((lead - 0x81) * 157 + trail - ((trail < 0x7F) ? 0x40 : 0x62));
	}

	private static int[] bytes(int pointer) {
		int trail = pointer % 157;
		return new int[] { pointer / 157 + 0x81, trail + ((trail < 0x3F) ? 0x40 : 0x62) };
	}

}
