package dev.socketlab.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.condition.PathPatternsRequestCondition;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Spring's mapping of requests to methods, which looks first at the routes that end in the
 * request's last word: nearly all routes here begin alike and end in the name of a call, and
 * Spring, which compares a request with each of them, takes longer for it than a send takes.
 */
final class RouteMapping extends RequestMappingHandlerMapping {
    /** Actuator's mapping has -100. */
    private static final int BEFORE_ACTUATOR = -200;

    private record Route(RequestMappingInfo mapping, HandlerMethod method) {}

    private final Map<String, List<Route>> byLastWord = new HashMap<>();

    /** Asked before Actuator's mapping, which has one path for each of its endpoints. */
    @Override
    public int getOrder() {
        return BEFORE_ACTUATOR;
    }

    @Override
    protected void handlerMethodsInitialized(Map<RequestMappingInfo, HandlerMethod> methods) {
        super.handlerMethodsInitialized(methods);
        methods.forEach((mapping, method) -> {
            PathPatternsRequestCondition patterns = mapping.getPathPatternsCondition();
            if (patterns != null) {
                for (PathPattern pattern : patterns.getPatterns()) {
                    String word = lastWord(pattern.getPatternString());
                    byLastWord
                            .computeIfAbsent(word, _ -> new ArrayList<>())
                            .add(new Route(mapping, method));
                }
            }
        });
    }

    /**
     * A word that is written in a route is a better match than a variable, so the one route that
     * has it and matches is the best; which of two is better Spring decides.
     */
    @Override
    protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
            throws Exception {
        RequestMappingInfo match = null;
        HandlerMethod method = null;
        for (Route route : byLastWord.getOrDefault(lastWord(path), List.of())) {
            RequestMappingInfo matching = getMatchingMapping(route.mapping(), request);
            if (matching != null && match != null) {
                return super.lookupHandlerMethod(path, request);
            }
            if (matching != null) {
                match = matching;
                method = route.method();
            }
        }
        if (match == null || method == null) {
            return super.lookupHandlerMethod(path, request);
        }
        request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, method);
        handleMatch(match, path, request);
        return method;
    }

    private static String lastWord(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
