/**
 * The clients that are compared, all behind one interface.
 */
@NullMarked
package io.github.springxhr.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
