package dev.socketlab.web;

import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.refusal.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Numbers in paths, such as file descriptors. Spring would make a data binder for each, which takes
 * as long as half a send.
 */
final class PathNumbers implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == int.class
                && parameter.hasParameterAnnotation(PathVariable.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String name = String.valueOf(parameter.getParameterName());
        String text = String.valueOf(variables(request).get(name));
        try {
            if (text.chars().allMatch(PathNumbers::isDecimal)) {
                return Integer.parseInt(text);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new InvalidRequestException(name, Reason.of("expected.c-int"));
    }

    /** The variables of the path, by their names. */
    static Map<?, ?> variables(NativeWebRequest request) {
        Object variables =
                request.getAttribute(
                        HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
                        RequestAttributes.SCOPE_REQUEST);
        return variables instanceof Map<?, ?> map ? map : Map.of();
    }

    private static boolean isDecimal(int character) {
        return character == '-' || (character >= '0' && character <= '9');
    }
}
