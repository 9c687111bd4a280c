/**
 * Cookies by RFC 6265bis: what a server may set, what is sent back to it, and where they
 * are kept meanwhile. All rules are here; a {@link CookieStore} only keeps.
 */
@NullMarked
package io.github.springxhr.cookie;

import org.jspecify.annotations.NullMarked;
