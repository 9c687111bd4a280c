/**
 * The demo in a JVM of its own.
 */
@NullMarked
package io.github.springxhr.demo.process;

import org.jspecify.annotations.NullMarked;
