package io.github.springxhr;

/**
 * The upload of a request: the events of its body. They are fired only if a listener was
 * there when {@code send()} was called and the body is not null.
 *
 * @since 0.1.0
 * @see <a href="https://xhr.spec.whatwg.org/#xmlhttprequestupload">XMLHttpRequest
 * Standard, XMLHttpRequestUpload</a>
 */
public interface XMLHttpRequestUpload extends XMLHttpRequestEventTarget {

}
