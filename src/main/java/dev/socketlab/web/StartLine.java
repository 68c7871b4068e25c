package dev.socketlab.web;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The one line that a start logs: where the service is, and where to click. */
@Component
class StartLine {
    private static final Logger LOG = LoggerFactory.getLogger("dev.socketlab");

    private final String host;
    private volatile int port;

    StartLine(@Value("${server.address:#{null}}") @Nullable InetAddress address) {
        this.host = address == null || address.isAnyLocalAddress() ? "localhost" : literal(address);
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        LOG.info("Socket Lab is at http://{}:{}/ - open it in a browser to make calls", host, port);
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
