/**
 * The start of a minimal application, with the starter and without it. In a package of
 * its own, as the application's package is searched for its declarations.
 */
@NullMarked
package io.github.springxhr.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
