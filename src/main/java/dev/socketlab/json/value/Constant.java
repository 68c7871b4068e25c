package dev.socketlab.json.value;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A parameter that takes the name of a constant of a family, or a number that fits a C int; with
 * {@link #flags} a list of them too, or-ed together.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({
    ElementType.RECORD_COMPONENT,
    ElementType.FIELD,
    ElementType.PARAMETER,
    ElementType.METHOD
})
@JacksonAnnotationsInside
@JsonDeserialize(using = ConstantDeserializer.class)
public @interface Constant {
    Constants value();

    boolean flags() default false;
}
