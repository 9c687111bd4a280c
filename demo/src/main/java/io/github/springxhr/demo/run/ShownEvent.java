package io.github.springxhr.demo.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.ProgressEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event as the page shows it.
 *
 * @param sequence its number within the run, from 1
 * @param time milliseconds since the request was sent
 * @param target {@code request} or {@code upload}
 * @param type its type
 * @param readyState the request's state when it was fired
 * @param status the request's status when it was fired
 * @param loaded the bytes transferred, if it is a progress event
 * @param total the bytes to transfer; 0 if not known
 * @param lengthComputable whether the total is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShownEvent(int sequence, double time, String target, String type, int readyState, int status,
		@Nullable Long loaded, @Nullable Long total, @Nullable Boolean lengthComputable) {

	static ShownEvent of(int sequence, long nanos, String target, Event event, XMLHttpRequest request) {
		double time = Math.round(nanos / 100_000.0) / 10.0;
		if (event instanceof ProgressEvent progress) {
			return new ShownEvent(sequence, time, target, event.getType(), request.getReadyState(), request.getStatus(),
					progress.getLoaded(), progress.getTotal(), progress.isLengthComputable());
		}
		return new ShownEvent(sequence, time, target, event.getType(), request.getReadyState(), request.getStatus(),
				null, null, null);
	}

}
