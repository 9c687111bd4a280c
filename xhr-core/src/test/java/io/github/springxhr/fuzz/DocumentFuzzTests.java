package io.github.springxhr.fuzz;

import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.document.FragmentSerializer;
import io.github.springxhr.document.HtmlDocuments;
import io.github.springxhr.document.XmlDocuments;
import io.github.springxhr.mime.Encoding;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any bytes are an HTML document; any bytes are an XML document or none, and what one is
 * serialized to is one again.
 */
class DocumentFuzzTests {

	@FuzzTest(maxDuration = "60s")
	void document(FuzzedDataProvider data) {
		boolean html = data.consumeBoolean();
		byte[] bytes = data.consumeRemainingAsBytes();
		if (html) {
			Document document = HtmlDocuments.parse(bytes, 0, bytes.length, Encoding.UTF_8, "http://h.test/");
			assertThat(document.getDocumentElement().getTagName()).isEqualTo("html");
			assertThat(FragmentSerializer.serialize(document)).contains("<html");
		}
		else {
			Document document = XmlDocuments.parse(bytes, 0, bytes.length, null);
			if (document != null) {
				assertThat(document.getDocumentElement()).isNotNull();
				byte[] serialized = FragmentSerializer.serializeToUtf8(document);
				assertThat(XmlDocuments.parse(serialized, 0, serialized.length, Encoding.UTF_8))
					.as("%s", new String(serialized, StandardCharsets.UTF_8))
					.isNotNull();
			}
		}
	}

}
