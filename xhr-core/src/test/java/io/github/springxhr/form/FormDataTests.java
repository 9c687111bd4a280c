package io.github.springxhr.form;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FormDataTests {

	private final FormData form = new FormData();

	private List<String> entries() {
		List<String> entries = new ArrayList<>();
		this.form.forEach((entry) -> entries.add(entry.getKey() + "=" + entry.getValue()));
		return entries;
	}

	@Test
	void appendKeepsTheOrder() {
		this.form.append("b", "1");
		this.form.append("a", "2");
		this.form.append("b", "3");
		assertThat(entries()).containsExactly("b=1", "a=2", "b=3");
		assertThat(this.form.get("b")).isEqualTo("1");
		assertThat(this.form.getAll("b")).containsExactly("1", "3");
		assertThat(this.form.has("a")).isTrue();
	}

	@Test
	void missingNames() {
		assertThat(this.form.get("a")).isNull();
		assertThat(this.form.getAll("a")).isEmpty();
		assertThat(this.form.has("a")).isFalse();
		this.form.delete("a");
		assertThat(entries()).isEmpty();
	}

	@Test
	void deleteRemovesAllOfTheName() {
		this.form.append("a", "1");
		this.form.append("b", "2");
		this.form.append("a", "3");
		this.form.delete("a");
		assertThat(entries()).containsExactly("b=2");
	}

	@Test
	void setReplacesTheFirstAndRemovesTheOthers() {
		this.form.append("a", "1");
		this.form.append("b", "2");
		this.form.append("a", "3");
		this.form.append("c", "4");
		this.form.set("a", "5");
		assertThat(entries()).containsExactly("a=5", "b=2", "c=4");
	}

	@Test
	void setAppendsIfThereIsNone() {
		this.form.append("a", "1");
		this.form.set("b", "2");
		assertThat(entries()).containsExactly("a=1", "b=2");
	}

	@Test
	void namesAndValuesAreScalarValueStrings() {
		this.form.append("\uD800", "\uDC00");
		assertThat(entries()).containsExactly("\uFFFD=\uFFFD");
		assertThat(this.form.has("\uD801")).isTrue();
		this.form.set("\uFFFD", "x");
		assertThat(entries()).containsExactly("\uFFFD=x");
	}

	@Test
	void blobBecomesAFileNamedBlobAndModifiedNow() {
		long before = System.currentTimeMillis();
		this.form.append("a", new Blob(List.of("x"), "text/plain"));
		File file = (File) this.form.get("a");
		assertThat(file.getName()).isEqualTo("blob");
		assertThat(file.getType()).isEqualTo("text/plain");
		assertThat(file.text()).isEqualTo("x");
		assertThat(file.getLastModified()).isBetween(before, System.currentTimeMillis());
		assertThat(this.form.get("a")).isSameAs(file);
	}

	@Test
	void blobTakesTheFilename() {
		this.form.append("a", new Blob(), "custom");
		this.form.set("b", new Blob(), "\uD800");
		assertThat(((File) this.form.get("a")).getName()).isEqualTo("custom");
		assertThat(((File) this.form.get("b")).getName()).isEqualTo("\uFFFD");
	}

	@Test
	void fileStaysTheSame() {
		File file = new File(List.of(), "name", "", 123);
		this.form.append("a", file);
		this.form.set("b", file);
		assertThat(this.form.get("a")).isSameAs(file);
		assertThat(this.form.get("b")).isSameAs(file);
	}

	@Test
	void fileWithAnotherNameKeepsTypeAndTime() {
		this.form.set("a", new File(List.of("x"), "name", "t/u", 123), "custom");
		File file = (File) this.form.get("a");
		assertThat(file.getName()).isEqualTo("custom");
		assertThat(file.getType()).isEqualTo("t/u");
		assertThat(file.getLastModified()).isEqualTo(123);
		assertThat(file.text()).isEqualTo("x");
	}

	@Test
	void iterationGoesByIndex() {
		this.form.append("a", "1");
		this.form.append("b", "2");
		Iterator<Entry<String, Object>> iterator = this.form.iterator();
		iterator.next();
		this.form.append("c", "3");
		this.form.delete("a");
		assertThat(iterator.next().getKey()).isEqualTo("c");
		assertThat(iterator.hasNext()).isFalse();
	}

	@Test
	void nullIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.form.append(null, "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.form.append("x", (String) null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.form.append("x", (Blob) null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.form.set("x", new Blob(), null));
	}

}
