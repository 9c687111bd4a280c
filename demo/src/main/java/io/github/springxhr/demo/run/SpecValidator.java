package io.github.springxhr.demo.run;

import java.util.Arrays;
import java.util.List;

import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.demo.run.Spec.Abort;
import io.github.springxhr.demo.run.Spec.Body;
import io.github.springxhr.demo.run.Spec.FormFile;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what comes from outside: it has bounds, and an error says which.
 */
final class SpecValidator {

	private static final int MOST_BYTES = 32 * 1024 * 1024;

	private static final int MOST_CHARACTERS = 128 * 1024;

	private static final int MOST_ENTRIES = 50;

	private static final int LONGEST = 120_000;

	private SpecValidator() {
	}

	static void validate(Spec spec) {
		check(!spec.url().isEmpty(), "url is missing");
		check(spec.method().length() <= 50, "method has at most 50 characters");
		check(Arrays.stream(XMLHttpRequestResponseType.values())
			.anyMatch((type) -> type.getValue().equals(spec.responseType())),
				"responseType is not one of the standard's");
		check(isShort(spec.user()) && isShort(spec.password()), "user and password have at most 50 characters");
		checkPairs("headers", spec.headers());
		checkRange("timeout", spec.timeout(), LONGEST);
		if (spec.body() != null) {
			validate(spec.body());
		}
		if (spec.abort() != null) {
			validate(spec.abort());
		}
	}

	private static boolean isShort(@Nullable String text) {
		return text == null || text.length() <= 50;
	}

	private static void validate(Body body) {
		switch (body.kind()) {
			case "text" -> check(body.text().length() <= MOST_CHARACTERS, "body.text has at most 131072 characters");
			case "bytes" -> checkRange("body.size", body.size(), MOST_BYTES);
			case "form" -> validateForm(body);
			case "file" -> check(!body.file().isEmpty(), "body.file is missing: POST the file to /api/files first");
			default -> throw new InvalidSpecException("body.kind must be text, bytes, form or file");
		}
	}

	private static void validateForm(Body body) {
		checkPairs("body.fields", body.fields());
		List<FormFile> files = body.files();
		check(files.size() <= MOST_ENTRIES, "body.files has at most 50 entries");
		for (FormFile file : files) {
			check(file.name() != null && file.filename() != null, "body.files need name and filename");
			checkRange("body.files.size", file.size(), MOST_BYTES);
		}
		check(files.stream().mapToLong(FormFile::size).sum() <= MOST_BYTES,
				"body.files have at most 33554432 bytes together");
	}

	private static void validate(Abort abort) {
		check((abort.on() == null) != (abort.afterMs() == null), "abort has either on or afterMs");
		if (abort.afterMs() != null) {
			checkRange("abort.afterMs", abort.afterMs(), LONGEST);
		}
		if (abort.on() != null) {
			String type = abort.on().startsWith("upload.") ? abort.on().substring(7) : abort.on();
			check(Arrays.stream(XhrEventType.values()).anyMatch((known) -> known.eventName().equals(type)),
					"abort.on must be an event's type, for the upload object after \"upload.\"");
		}
	}

	private static void checkPairs(String name, List<List<String>> pairs) {
		check(pairs.size() <= MOST_ENTRIES, name + " has at most 50 entries");
		check(pairs.stream().allMatch((pair) -> pair.size() == 2 && pair.get(0) != null && pair.get(1) != null),
				name + " must be pairs of name and value");
	}

	private static void checkRange(String name, @Nullable Integer value, int most) {
		check(value != null && value >= 0 && value <= most, name + " must be 0 to " + most);
	}

	private static void check(boolean right, String message) {
		if (!right) {
			throw new InvalidSpecException(message);
		}
	}

}
