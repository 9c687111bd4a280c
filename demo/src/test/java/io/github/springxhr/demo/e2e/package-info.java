/**
 * End-to-end tests: the demo in a real browser, whose XMLHttpRequest is compared with the
 * server's.
 */
@NullMarked
package io.github.springxhr.demo.e2e;

import org.jspecify.annotations.NullMarked;
