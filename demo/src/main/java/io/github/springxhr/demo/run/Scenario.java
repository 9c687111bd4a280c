package io.github.springxhr.demo.run;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Something to try out; see {@code scenarios.yml}.
 *
 * @param id a name for URLs
 * @param group the heading it is listed under
 * @param title its name
 * @param hint what it shows, in a few words
 * @param text what it shows, in a sentence or two
 * @param spec the request
 * @param ends the event before {@code loadend}
 * @param yaml the lines of {@code application.yml} that matter
 * @param java the lines of a program that does the same
 */
public record Scenario(String id, String group, String title, String hint, String text, Spec spec,
		@DefaultValue("load") String ends, String yaml, String java) {

}
