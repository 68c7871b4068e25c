package dev.socketlab.abi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A second name of a value: taken when given, never used in an answer. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Alias {}
