/**
 * Spring's HTTP service clients over an {@link io.github.springxhr.XhrFactory}. Start at
 * {@link io.github.springxhr.service.XhrExchangeAdapter}.
 */
@NullMarked
package io.github.springxhr.service;

import org.jspecify.annotations.NullMarked;
