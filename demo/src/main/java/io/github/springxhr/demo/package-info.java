/**
 * A runnable application that shows XHR for Spring: a page, a runner and an upstream.
 */
@NullMarked
package io.github.springxhr.demo;

import org.jspecify.annotations.NullMarked;
