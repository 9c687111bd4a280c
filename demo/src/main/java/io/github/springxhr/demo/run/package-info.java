/**
 * Runs scenarios through the starter and streams what happens to the page.
 */
@NullMarked
package io.github.springxhr.demo.run;

import org.jspecify.annotations.NullMarked;
