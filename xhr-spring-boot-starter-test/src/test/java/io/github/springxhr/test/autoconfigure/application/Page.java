package io.github.springxhr.test.autoconfigure.application;

import org.springframework.web.bind.annotation.RestController;

@RestController
public class Page {

}
