package io.github.springxhr.test.autoconfigure.application;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Application {

}
