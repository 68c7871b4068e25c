package dev.socketlab.web;

import dev.socketlab.policy.OwnPorts;
import dev.socketlab.session.SessionRegistry;
import dev.socketlab.syscall.Calls;
import dev.socketlab.web.door.HeadTimeoutProtocol;
import dev.socketlab.web.door.WebSettings;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What the service does by itself: it ends expired sessions, looks after the clients of waiting
 * calls, and when it stops, ends the waits before the server waits for its requests to end.
 */
@Component
class Housekeeping implements SmartLifecycle {
    private final SessionRegistry registry;
    private final Calls calls;
    private final HttpClients clients;
    private final OwnPorts ownPorts;
    private final WebSettings settings;
    private final Set<HeadTimeoutProtocol> protocols = new CopyOnWriteArraySet<>();
    private volatile boolean running;

    Housekeeping(
            SessionRegistry registry,
            Calls calls,
            HttpClients clients,
            OwnPorts ownPorts,
            WebSettings settings) {
        this.registry = registry;
        this.calls = calls;
        this.clients = clients;
        this.ownPorts = ownPorts;
        this.settings = settings;
    }

    @Scheduled(fixedDelay = 500)
    void endExpired() {
        registry.endExpired();
    }

    @Scheduled(fixedDelayString = "${socketlab.web.client-check-interval:500ms}")
    void checkClients() {
        clients.check();
    }

    @Scheduled(fixedDelay = 500)
    void closeSlowHeads() {
        protocols.forEach(protocol -> protocol.closeSlow(settings.headTimeout()));
    }

    @EventListener
    void listening(WebServerInitializedEvent event) {
        ownPorts.add(event.getWebServer().getPort());
        if (event.getWebServer() instanceof TomcatWebServer server
                && server.getTomcat().getConnector().getProtocolHandler()
                        instanceof HeadTimeoutProtocol protocol) {
            protocols.add(protocol);
        }
    }

    @Override
    public void start() {
        calls.resume();
        registry.start();
        running = true;
    }

    /** First of all to stop, being last to start. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }

    @Override
    public void stop() {
        running = false;
        calls.interruptAll("the service is stopping");
        registry.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
