package dev.socketlab.web;

import dev.socketlab.network.Isolation;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What a start logs: one line that says where the service is, and one more where sessions cannot
 * have networks of their own.
 */
@Component
class StartLine {
    private static final Logger LOG = LoggerFactory.getLogger("dev.socketlab");

    private final String host;
    private final Isolation isolation;
    private volatile int port;

    StartLine(
            @Value("${server.address:#{null}}") @Nullable InetAddress address,
            Isolation isolation) {
        this.isolation = isolation;
        this.host = address == null || address.isAnyLocalAddress() ? "localhost" : literal(address);
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        LOG.info("Socket Lab is at http://{}:{}/ - open it in a browser to make calls", host, port);
        isolation
                .withoutInterfaces()
                .ifPresent(missing ->
                        LOG.warn(
                                "Sessions cannot have {} of their own here. {} {}",
                                isolation.withoutNamespaces().isPresent()
                                        ? "networks"
                                        : "more than one host",
                                missing,
                                Isolation.REMEDY));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
