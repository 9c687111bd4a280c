/**
 * The catalogue of attacks: one class for each hazard of {@code docs/security.md}, one
 * row for each attack.
 */
package io.github.springxhr.hazard;
