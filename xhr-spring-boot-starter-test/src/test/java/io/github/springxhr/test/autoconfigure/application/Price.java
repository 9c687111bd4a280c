package io.github.springxhr.test.autoconfigure.application;

public record Price(long cents) {

}
