package dev.socketlab.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Calls that make something answer 201, with its Location. */
@RestControllerAdvice
final class CreatedAdvice implements ResponseBodyAdvice<CallAnswer> {
    @Override
    public boolean supports(
            MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return CallAnswer.class.isAssignableFrom(returned.getParameterType());
    }

    @Override
    public @Nullable CallAnswer beforeBodyWrite(
            @Nullable CallAnswer answer,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (answer instanceof CallAnswer.Created created && created.location() != null) {
            response.setStatusCode(HttpStatus.CREATED);
            response.getHeaders().setLocation(URI.create(created.location()));
        }
        return answer;
    }
}
