/**
 * The XMLHttpRequest Standard: the public API and its algorithms. Start at
 * {@link io.github.springxhr.XhrFactory}.
 */
@NullMarked
package io.github.springxhr;

import org.jspecify.annotations.NullMarked;
