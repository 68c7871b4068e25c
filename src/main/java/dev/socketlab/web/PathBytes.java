package dev.socketlab.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.RequestPath;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The rest of a path, {@code {*path}}, as the bytes that it stands for by its percent-encoding (RFC
 * 3986 2.1). The name of a file is bytes, of which Spring would make text in UTF-8, and lose those
 * that are none.
 */
final class PathBytes extends RequestResolver {
    PathBytes() {
        super(byte[].class);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return super.supportsParameter(parameter)
                && parameter.hasParameterAnnotation(PathVariable.class);
    }

    @Override
    Object resolve(HttpServletRequest http, Map<?, ?> path) {
        Object pattern = http.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        long before = String.valueOf(pattern).chars().filter(c -> c == '/').count();
        return StringUtils.uriDecode(rest(http, before), StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What follows so many slashes of the path, as it came. */
    private static String rest(HttpServletRequest request, long slashes) {
        RequestPath path = ServletRequestPathUtils.getParsedRequestPath(request);
        String text = path.pathWithinApplication().value();
        int from = 0;
        for (long i = 0; i < slashes; i++) {
            from = text.indexOf('/', from) + 1;
        }
        return text.substring(from);
    }
}
