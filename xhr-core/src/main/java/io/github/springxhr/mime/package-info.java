/**
 * MIME types, text encodings and the ways to find out which of them a resource has.
 */
@NullMarked
package io.github.springxhr.mime;

import org.jspecify.annotations.NullMarked;
