/**
 * Fuzz tests, one target for each class: the fuzzer takes one in a JVM. Ordinary builds
 * replay the inputs in {@code src/test/resources}; the Maven profile {@code fuzz} looks
 * for new ones.
 */
package io.github.springxhr.fuzz;
