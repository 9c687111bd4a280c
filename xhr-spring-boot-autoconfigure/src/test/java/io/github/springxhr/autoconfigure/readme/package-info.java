/**
 * The code that the README shows.
 */
@NullMarked
package io.github.springxhr.autoconfigure.readme;

import org.jspecify.annotations.NullMarked;
