/**
 * One request from the command line, without the page and the upstream.
 */
@NullMarked
package io.github.springxhr.demo.cli;

import org.jspecify.annotations.NullMarked;
