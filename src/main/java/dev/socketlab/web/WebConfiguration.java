package dev.socketlab.web;

import dev.socketlab.linux.SockDiag;
import org.apache.catalina.core.StandardHost;
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

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> headTimeout() {
        return factory -> factory.setProtocol(HeadTimeoutProtocol.class.getName());
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
