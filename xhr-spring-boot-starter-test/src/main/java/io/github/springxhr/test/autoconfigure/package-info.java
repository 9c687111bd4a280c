/**
 * The test slice {@code @XhrTest}: an application context with the clients of an
 * application, and nothing else.
 */
@NullMarked
package io.github.springxhr.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
