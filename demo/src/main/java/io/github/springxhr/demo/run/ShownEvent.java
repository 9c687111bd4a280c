package io.github.springxhr.demo.run;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.ProgressEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event as the page shows it.
 *
 * @param target {@code request} or {@code upload}
 * @param type its type
 * @param readyState the request's state when it was fired
 * @param status the request's status when it was fired
 * @param loaded the bytes transferred, if it is a progress event
 * @param total the bytes to transfer; 0 if not known
 * @param lengthComputable whether the total is known
 * @param at milliseconds since the run began
 */
record ShownEvent(String target, String type, int readyState, int status, @Nullable Long loaded, @Nullable Long total,
		@Nullable Boolean lengthComputable, double at) {

	static ShownEvent of(long nanos, String target, Event event, XMLHttpRequest request) {
		double time = Math.round(nanos / 100_000.0) / 10.0;
		if (event instanceof ProgressEvent progress) {
			return new ShownEvent(target, event.getType(), request.getReadyState(), request.getStatus(),
					progress.getLoaded(), progress.getTotal(), progress.isLengthComputable(), time);
		}
		return new ShownEvent(target, event.getType(), request.getReadyState(), request.getStatus(), null, null, null,
				time);
	}

}
