/**
 * Meters and observations of requests, by Micrometer, through the public listener SPI.
 * Start at {@link io.github.springxhr.observation.XhrMetricsListenerFactory} for the
 * meters and at {@link io.github.springxhr.observation.XhrObservationListenerFactory} for
 * the observation that times a request.
 */
@NullMarked
package io.github.springxhr.observation;

import org.jspecify.annotations.NullMarked;
