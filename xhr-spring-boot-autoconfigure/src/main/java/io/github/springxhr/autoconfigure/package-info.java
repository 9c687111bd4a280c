/**
 * Auto-configuration of XHR for Spring.
 */
@NullMarked
package io.github.springxhr.autoconfigure;

import org.jspecify.annotations.NullMarked;
