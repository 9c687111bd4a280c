/**
 * An application with HTTP service clients, out of the way of the scans of other tests.
 */
@NullMarked
package io.github.springxhr.sample;

import org.jspecify.annotations.NullMarked;
