package io.github.springxhr.sample;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.github.springxhr.service.XhrExchange;

@Retention(RetentionPolicy.RUNTIME)
@XhrExchange("billing")
@interface OfBilling {

}
