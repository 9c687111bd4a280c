/**
 * What a request is made of: {@link io.github.springxhr.form.Blob} and
 * {@link io.github.springxhr.form.File} of the File API,
 * {@link io.github.springxhr.form.FormData} of the XMLHttpRequest Standard and
 * {@link io.github.springxhr.form.URLSearchParams} of the URL Standard.
 */
@NullMarked
package io.github.springxhr.form;

import org.jspecify.annotations.NullMarked;
