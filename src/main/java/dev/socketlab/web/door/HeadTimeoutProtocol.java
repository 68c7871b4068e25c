package dev.socketlab.web.door;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 whose request heads must arrive in time. Tomcat bounds only how long a connection may be
 * silent, so a head that trickles would hold its connection for hours. Between two reads a
 * connection keeps its processor exactly while a head is incomplete; where that stays so for too
 * long, it is closed.
 */
public final class HeadTimeoutProtocol extends Http11NioProtocol {
    private Map<SocketWrapperBase<NioChannel>, Head> heads = new HashMap<>();

    /**
     * A head that was incomplete when it was looked at.
     *
     * @param requests how many the processor had served before
     * @param since a moment of {@link System#nanoTime}
     */
    private record Head(Processor processor, int requests, long since) {
        boolean isStill(Head earlier) {
            return processor.equals(earlier.processor) && requests == earlier.requests;
        }
    }

    /**
     * Closes the connections whose head has been incomplete for so long; asked from time to time.
     */
    public synchronized void closeSlow(Duration timeout) {
        long now = System.nanoTime();
        Map<SocketWrapperBase<NioChannel>, Head> incomplete = new HashMap<>();
        for (SocketWrapperBase<NioChannel> connection : getEndpoint().getConnections()) {
            if (connection.getCurrentProcessor() instanceof Processor processor) {
                Head head = head(processor, now);
                Head earlier = heads.get(connection);
                Head kept = earlier != null && head.isStill(earlier) ? earlier : head;
                if (now - kept.since() > timeout.toNanos()) {
                    connection.close();
                } else {
                    incomplete.put(connection, kept);
                }
            }
        }
        heads = incomplete;
    }

    private static Head head(Processor processor, long now) {
        int requests = processor.getRequest().getRequestProcessor().getRequestCount();
        return new Head(processor, requests, now);
    }
}
