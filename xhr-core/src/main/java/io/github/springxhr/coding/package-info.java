/**
 * HTTP content codings, decoded as the bytes come in, with limits on what they may become
 * and no tolerance for a body that ends early.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-8.4">RFC 9110,
 * content coding</a>
 */
@NullMarked
package io.github.springxhr.coding;

import org.jspecify.annotations.NullMarked;
