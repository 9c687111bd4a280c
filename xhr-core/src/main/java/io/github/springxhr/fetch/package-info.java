/**
 * The Fetch Standard's fetching, as far as an XMLHttpRequest needs it: main fetch,
 * redirects and credentials, above the {@link io.github.springxhr.fetch.NetworkTransport}
 * that does the I/O.
 */
@NullMarked
package io.github.springxhr.fetch;

import org.jspecify.annotations.NullMarked;
