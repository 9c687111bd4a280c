/**
 * What holds for every request, whatever happens to it.
 */
package io.github.springxhr.reliability;
