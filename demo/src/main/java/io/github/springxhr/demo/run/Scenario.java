package io.github.springxhr.demo.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Something to try out; see {@code scenarios.yml}.
 *
 * @param id a name for URLs
 * @param group the heading it is listed under
 * @param title its name
 * @param hint what it shows, in a few words
 * @param text what it shows, in a sentence or two
 * @param client the named client that sends it, if it is not the default one
 * @param method the HTTP method
 * @param url the URL, relative to the client's base URL
 * @param body the text to send, if there is one
 * @param bodySize the size of the bytes to send, if it is they
 * @param abortAt the part of the download at which the request aborts itself, from 0 to
 * 1; 0 for never
 * @param ends the event before {@code loadend}
 * @param yaml the lines of {@code application.yml} that matter
 * @param java the lines of a program that does the same
 */
public record Scenario(String id, String group, String title, String hint, String text, @Nullable String client,
		@DefaultValue("GET") String method, String url, @Nullable String body, @JsonIgnore @Nullable DataSize bodySize,
		@DefaultValue("0") double abortAt, @DefaultValue("load") String ends, String yaml, String java) {

}
