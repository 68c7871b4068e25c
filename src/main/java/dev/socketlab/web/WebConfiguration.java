package dev.socketlab.web;

import dev.socketlab.linux.SockDiag;
import dev.socketlab.web.door.HeadTimeoutProtocol;
import dev.socketlab.web.door.QueryValve;
import dev.socketlab.web.problem.AnswerLanguage;
import dev.socketlab.web.problem.ProblemValve;
import dev.socketlab.web.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** The server, and what needs it. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    @Bean
    HttpClients httpClients(SockDiag sockDiag) {
        return new HttpClients(sockDiag);
    }

    /** The language of explanations is the request's, where there is one. */
    @Bean
    LocaleResolver localeResolver() {
        return new AcceptHeaderLocaleResolver() {
            @Override
            public Locale resolveLocale(HttpServletRequest request) {
                return AnswerLanguage.of(request);
            }
        };
    }

    @Bean
    WebMvcRegistrations routes(JsonMapper mapper, ProblemWriter problems) {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new RouteMapping();
            }

            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new RequestMappingHandlerAdapter() {
                    @Override
                    public void afterPropertiesSet() {
                        super.afterPropertiesSet();
                        List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
                        resolvers.add(new PathNumbers());
                        resolvers.add(new PathBytes());
                        resolvers.add(new JsonBodies(getMessageConverters(), mapper));
                        resolvers.addAll(Objects.requireNonNull(getArgumentResolvers()));
                        setArgumentResolvers(resolvers);
                        List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>();
                        handlers.add(new MadeCalls(mapper, problems));
                        handlers.addAll(Objects.requireNonNull(getReturnValueHandlers()));
                        setReturnValueHandlers(handlers);
                    }
                };
            }
        };
    }

    /** The dispatcher servlet does what this filter would do for others, and there are none. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
        FilterRegistrationBean<RequestContextFilter> registration =
                new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> headTimeout() {
        return factory -> factory.setProtocol(HeadTimeoutProtocol.class.getName());
    }

    /**
     * A path may have any bytes, but those that are a slash or NUL: Tomcat takes each as a
     * character, so none is refused for not being UTF-8, and leaves a backslash encoded, which it
     * would take for a slash. Spring and {@link PathBytes} read the path as it came.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bytesInPaths() {
        return factory -> {
            factory.setUriEncoding(StandardCharsets.ISO_8859_1);
            factory.addEngineValves(new QueryValve());
            factory.addConnectorCustomizers(connector ->
                    connector.setEncodedReverseSolidusHandling(
                            EncodedSolidusHandling.PASS_THROUGH.getValue()));
        };
    }

    /** What Tomcat refuses before Spring sees it gets a problem document too. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemDocuments() {
        return factory ->
                factory.addContextCustomizers(context -> {
                    if (context.getParent() instanceof StandardHost host) {
                        host.setErrorReportValveClass(ProblemValve.class.getName());
                    }
                });
    }
}
