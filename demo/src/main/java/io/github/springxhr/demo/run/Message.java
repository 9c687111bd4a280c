package io.github.springxhr.demo.run;

/**
 * Something that the page is told about a run.
 *
 * @param name {@code run}, {@code xhr} or {@code end}
 * @param data what about it
 */
record Message(String name, Object data) {

}
