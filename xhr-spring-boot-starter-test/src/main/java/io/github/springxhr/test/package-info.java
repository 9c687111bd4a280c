/**
 * What tests of an application use: a recorder of the events of a request, and AssertJ's
 * assertions on both. Needs neither JUnit nor an application context.
 */
@NullMarked
package io.github.springxhr.test;

import org.jspecify.annotations.NullMarked;
