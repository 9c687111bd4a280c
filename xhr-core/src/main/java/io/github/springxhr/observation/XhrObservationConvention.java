package io.github.springxhr.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a request and its keys. Extend
 * {@link DefaultXhrObservationConvention} to change a part of it.
 *
 * @since 0.1.0
 */
public interface XhrObservationConvention extends ObservationConvention<XhrObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof XhrObservationContext;
	}

}
