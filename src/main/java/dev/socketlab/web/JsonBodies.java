package dev.socketlab.web;

import dev.socketlab.json.form.Form;
import dev.socketlab.web.door.BoundedBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestResponseBodyMethodProcessor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies of requests, as Spring reads them, on the shortest way for what nearly all of them are:
 * JSON for a record. No converter has to be looked for and, as nothing here is validated by
 * annotations, no data binder made; that takes as long as a send. A form that need not come, and
 * does not, is that of an empty object; bytes that do not come are none.
 */
final class JsonBodies extends RequestResponseBodyMethodProcessor {
    private static final byte[] NOTHING = {};
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final JsonMapper mapper;

    JsonBodies(List<HttpMessageConverter<?>> converters, JsonMapper mapper) {
        super(converters);
        this.mapper = mapper;
    }

    @Override
    public boolean supportsReturnType(MethodParameter returned) {
        return false;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws IOException, HttpMediaTypeNotSupportedException {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        Class<?> type = parameter.getParameterType();
        if (http == null) {
            throw new IllegalStateException("not an HTTP request");
        }
        boolean isJson =
                type.isRecord()
                        && http.getContentLengthLong() > 0
                        && MediaType.APPLICATION_JSON_VALUE.equals(http.getContentType());
        Object body = isJson ? json(http, parameter) : converted(request, parameter);
        if (body != null) {
            return body;
        }
        if (type == byte[].class) {
            return NOTHING;
        }
        return Form.class.isAssignableFrom(type) ? mapper.readValue(EMPTY_OBJECT, type) : null;
    }

    private @Nullable Object converted(NativeWebRequest request, MethodParameter parameter)
            throws IOException, HttpMediaTypeNotSupportedException {
        Type type = parameter.getGenericParameterType();
        return readWithMessageConverters(request, parameter, type);
    }

    private @Nullable Object json(HttpServletRequest http, MethodParameter parameter)
            throws IOException {
        try {
            Object body = mapper.readValue(BoundedBody.of(http), parameter.getParameterType());
            if (body == null && checkRequired(parameter)) {
                throw new HttpMessageNotReadableException(
                        "null is no body", new ServletServerHttpRequest(http));
            }
            return body;
        } catch (JacksonException e) {
            throw new HttpMessageNotReadableException(
                    "not the JSON that is expected", e, new ServletServerHttpRequest(http));
        }
    }
}
