package io.github.springxhr.test.autoconfigure.application;

import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class Scanned {

}
