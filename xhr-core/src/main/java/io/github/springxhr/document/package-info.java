/**
 * Documents: XML and HTML parsed from untrusted bytes, and documents serialized. Uses the
 * JDK's XML parser, and jsoup for HTML if it is there. Not API: public for the base
 * package.
 */
@NullMarked
package io.github.springxhr.document;

import org.jspecify.annotations.NullMarked;
