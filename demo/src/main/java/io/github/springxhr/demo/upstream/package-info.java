/**
 * The HTTP server the demo's requests go to: slow, chunked, large and failing on purpose.
 */
@NullMarked
package io.github.springxhr.demo.upstream;

import org.jspecify.annotations.NullMarked;
