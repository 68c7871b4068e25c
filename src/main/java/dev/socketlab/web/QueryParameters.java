package dev.socketlab.web;

import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.Caller;
import dev.socketlab.web.door.ApiPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses query parameters that a route does not have: a misspelt wait would be a long one. */
@Component
class QueryParameters implements WebMvcConfigurer, HandlerInterceptor {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(ApiPath.V1 + "/**");
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && request.getQueryString() != null) {
            Set<String> accepted = accepted(method);
            for (String name : request.getParameterMap().keySet()) {
                if (!accepted.contains(name)) {
                    throw new InvalidRequestException(
                            "query",
                            accepted.isEmpty()
                                    ? Reason.of("invalid.no-query")
                                    : Reason.of("invalid.query", String.join(", ", accepted)));
                }
            }
        }
        return true;
    }

    private static Set<String> accepted(HandlerMethod method) {
        Set<String> names = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.getParameterType() == Caller.class) {
                names.add("wait");
            }
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            if (named != null) {
                names.add(
                        named.name().isEmpty()
                                ? String.valueOf(parameter.getParameterName())
                                : named.name());
            }
        }
        return names;
    }
}
