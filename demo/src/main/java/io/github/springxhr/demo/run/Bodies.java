package io.github.springxhr.demo.run;

import java.util.List;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.demo.run.Spec.Body;
import io.github.springxhr.demo.run.Spec.FormFile;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Makes bodies, the same as the page does.
 */
@Component
class Bodies {

	private final ChosenFiles chosenFiles;

	Bodies(ChosenFiles chosenFiles) {
		this.chosenFiles = chosenFiles;
	}

	@Nullable Object make(@Nullable Body body) {
		if (body == null) {
			return null;
		}
		return switch (body.kind()) {
			case "bytes" -> bytes(body.size());
			case "form" -> form(body);
			case "file" -> this.chosenFiles.get(body.file());
			default -> body.text();
		};
	}

	void release(@Nullable Body body) {
		if (body != null) {
			this.chosenFiles.forgetLater(body.file()).subscribe();
		}
	}

	static void send(XMLHttpRequest request, @Nullable Object body) {
		if (body instanceof byte[] bytes) {
			request.send(bytes);
		}
		else if (body instanceof FormData form) {
			request.send(form);
		}
		else if (body instanceof File file) {
			request.send(file);
		}
		else {
			request.send((String) body);
		}
	}

	private static FormData form(Body body) {
		FormData form = new FormData();
		body.fields().forEach((field) -> form.append(field.get(0), field.get(1)));
		for (FormFile file : body.files()) {
			form.append(file.name(),
					new File(List.of(bytes(file.size())), file.filename(), "application/octet-stream"));
		}
		return form;
	}

	private static byte[] bytes(int size) {
		byte[] bytes = new byte[size];
		for (int i = 0; i < size; i++) {
			bytes[i] = (byte) (i % 251);
		}
		return bytes;
	}

}
