/**
 * The comparison of what clients tell of faults:
 * {@link io.github.springxhr.benchmarks.faults.FaultComparison} puts each to the scripts
 * of the tests of this library.
 */
@NullMarked
package io.github.springxhr.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
