package io.github.springxhr.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.test.RecordedEvent.Target;

/**
 * Leaves out events whose number depends on how the network cuts a body into pieces. Of
 * events that follow each other and tell of progress, what stays is the first
 * {@code readystatechange 3} and the last {@code progress} of each target.
 */
final class MergedProgress {

	private final List<RecordedEvent> merged = new ArrayList<>();

	private final List<RecordedEvent> run = new ArrayList<>();

	private MergedProgress() {
	}

	static List<RecordedEvent> of(List<RecordedEvent> events) {
		MergedProgress progress = new MergedProgress();
		events.forEach(progress::add);
		progress.endRun();
		return List.copyOf(progress.merged);
	}

	private void add(RecordedEvent event) {
		if (isLoading(event) || event.type() == XhrEventType.PROGRESS) {
			this.run.add(event);
		}
		else {
			endRun();
			this.merged.add(event);
		}
	}

	private void endRun() {
		boolean loading = false;
		Collection<Integer> last = lastProgress();
		for (int i = 0; i < this.run.size(); i++) {
			RecordedEvent event = this.run.get(i);
			boolean kept = isLoading(event) ? !loading : last.contains(i);
			loading = loading || isLoading(event);
			if (kept) {
				this.merged.add(event);
			}
		}
		this.run.clear();
	}

	private Collection<Integer> lastProgress() {
		Map<Target, Integer> last = new EnumMap<>(Target.class);
		for (int i = 0; i < this.run.size(); i++) {
			if (!isLoading(this.run.get(i))) {
				last.put(this.run.get(i).target(), i);
			}
		}
		return last.values();
	}

	private static boolean isLoading(RecordedEvent event) {
		return event.isOfRequest(XhrEventType.READYSTATECHANGE) && event.readyState() == XMLHttpRequest.LOADING;
	}

}
