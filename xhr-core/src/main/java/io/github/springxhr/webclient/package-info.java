/**
 * The only adapter to Spring's {@code WebClient} and Reactor Netty, behind the
 * {@link io.github.springxhr.fetch.NetworkTransport}.
 */
@NullMarked
package io.github.springxhr.webclient;

import org.jspecify.annotations.NullMarked;
