/**
 * The part of the DOM Standard's events that an XMLHttpRequest needs: events, targets and
 * listeners. Knows nothing of HTTP and uses the JDK only.
 */
@NullMarked
package io.github.springxhr.event;

import org.jspecify.annotations.NullMarked;
