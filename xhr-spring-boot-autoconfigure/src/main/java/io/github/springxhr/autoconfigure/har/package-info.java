/**
 * Recent requests as an HTTP Archive: the actuator endpoint {@code xhrhar}.
 */
@NullMarked
package io.github.springxhr.autoconfigure.har;

import org.jspecify.annotations.NullMarked;
