/**
 * What the Fetch Standard calls HTTP: headers, methods, requests, responses and bodies,
 * with the URLs they travel under. Data and its rules; nothing here does I/O, but for a
 * body that is opened by whoever sends it.
 */
@NullMarked
package io.github.springxhr.http;

import org.jspecify.annotations.NullMarked;
