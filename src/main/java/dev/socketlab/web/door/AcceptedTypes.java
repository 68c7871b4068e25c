package dev.socketlab.web.door;

import dev.socketlab.refusal.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses a call whose answer its client would not take, before the call is made: Spring looks at
 * weights of 0 and at charsets only when the answer is there, and the bytes of a recv would be
 * lost.
 */
@Component
public class AcceptedTypes implements WebMvcConfigurer, HandlerInterceptor {
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(ApiPath.V1 + "/**");
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        String accept = request.getHeader("Accept");
        if (accept != null
                && !accept.isBlank()
                && !accept.equals(MediaType.ALL_VALUE)
                && request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE)
                        instanceof Collection<?> producible) {
            check(MediaType.parseMediaTypes(accept), producible);
        }
        return true;
    }

    private static void check(List<MediaType> accepted, Collection<?> producible)
            throws HttpMediaTypeNotAcceptableException {
        boolean isAccepted = false;
        for (MediaType type : accepted) {
            if (type.getQualityValue() > 0) {
                isAccepted |= producible.stream().anyMatch(one -> matches(type, one));
                if (type.getCharset() != null
                        && !type.getCharset().equals(StandardCharsets.UTF_8)) {
                    isAccepted = false;
                    break;
                }
            }
        }
        if (!isAccepted) {
            List<MediaType> types = producible.stream().map(MediaType.class::cast).toList();
            throw new NotAcceptable(types);
        }
    }

    /** Spring's refusal, which says more of what is acceptable. */
    private static final class NotAcceptable extends HttpMediaTypeNotAcceptableException {
        private static final long serialVersionUID = 1L;

        NotAcceptable(List<MediaType> types) {
            super(types);
        }

        @Override
        public String getDetailMessageCode() {
            return Reason.of("http.not-acceptable").code();
        }

        @Override
        public Object[] getDetailMessageArguments() {
            return new Object[] {MediaType.toString(getSupportedMediaTypes())};
        }
    }

    /** Whether the client asks for a type, and likes JSON neither better nor as well. */
    public static boolean prefers(String accept, MediaType other) {
        List<MediaType> accepted = MediaType.parseMediaTypes(accept);
        MimeTypeUtils.sortBySpecificity(accepted);
        for (MediaType type : accepted) {
            if (type.getQualityValue() == 0) {
                continue;
            }
            if (type.includes(MediaType.APPLICATION_JSON)) {
                return false;
            }
            if (type.includes(other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(MediaType accepted, Object producible) {
        return producible instanceof MediaType type && accepted.isCompatibleWith(type);
    }
}
