package dev.socketlab.web;

import dev.socketlab.linux.SockDiag;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The server, and what needs it. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
    @Bean
    HttpClients httpClients(SockDiag sockDiag) {
        return new HttpClients(sockDiag);
    }

    /** What Tomcat refuses before Spring sees it gets a problem document too. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemDocuments() {
        return factory ->
                factory.addContextCustomizers(context ->
                        context.addLifecycleListener(event -> {
                            if ("before_start".equals(event.getType())
                                    && context.getParent()
                                            instanceof org.apache.catalina.core.StandardHost host) {
                                host.setErrorReportValveClass(ProblemValve.class.getName());
                            }
                        }));
    }
}
