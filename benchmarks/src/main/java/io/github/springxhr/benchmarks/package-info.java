/**
 * Comparisons with peers. Never published.
 */
@NullMarked
package io.github.springxhr.benchmarks;

import org.jspecify.annotations.NullMarked;
