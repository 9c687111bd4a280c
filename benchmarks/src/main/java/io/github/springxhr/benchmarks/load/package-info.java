/**
 * The comparison under load: {@link io.github.springxhr.benchmarks.load.Comparison} has
 * each client in a process of its own and lets them take turns.
 */
@NullMarked
package io.github.springxhr.benchmarks.load;

import org.jspecify.annotations.NullMarked;
