/**
 * A service of which each CORS mistake is made once, and how a test finds it.
 */
@NullMarked
package io.github.springxhr.shop;

import org.jspecify.annotations.NullMarked;
