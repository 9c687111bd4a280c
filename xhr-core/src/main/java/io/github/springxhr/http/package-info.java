/**
 * What the Fetch Standard calls HTTP: headers, methods, requests, responses and bodies,
 * with the URLs they travel under. Pure data and its rules; nothing here does I/O.
 */
@NullMarked
package io.github.springxhr.http;

import org.jspecify.annotations.NullMarked;
