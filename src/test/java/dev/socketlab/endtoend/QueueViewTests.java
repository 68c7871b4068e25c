package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.Await;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The SYN queue and the accept queue of a listener, filled by making the kernel fill them. */
@Timeout(60)
class QueueViewTests extends ViewTests {
    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void sixClientsFillAnAcceptQueueOfTwoWithThreeAndTheOthersStayInSynSent(String network) {
        try (LabSession lab = on(network)) {
            int listener = lab.listener(2);
            JsonNode before = lab.view(listener);
            assertThat(before.get("state").stringValue()).isEqualTo("LISTEN");
            assertThat(queue(before, "accept", "depth")).isZero();
            assertThat(queue(before, "accept", "limit")).isEqualTo(2);
            List<Integer> clients = connecting(lab, listener, 6);

            Await.until(() -> inState(lab, clients, "ESTABLISHED") == 3);
            JsonNode full = lab.view(listener);
            assertThat(queue(full, "accept", "depth")).isEqualTo(3);
            assertThat(queue(full, "accept", "limit")).isEqualTo(2);
            assertThat(inState(lab, clients, "SYN-SENT")).isEqualTo(3);
            assertThat(full.get("queues").get("dropped").longValue()).isGreaterThanOrEqualTo(3);
            assertThat(counter(full, "ListenOverflows") - counter(before, "ListenOverflows"))
                    .isGreaterThanOrEqualTo(3);
            assertThat(counter(full, "ListenDrops") - counter(before, "ListenDrops"))
                    .isGreaterThanOrEqualTo(3);
            assertThat(lab.view(clients.getLast()).get("peer").get("port"))
                    .isEqualTo(full.get("local").get("port"));

            lab.accept(listener);
            assertThat(queue(lab.view(listener), "accept", "depth")).isLessThan(3);
        }
    }

    private static long counter(JsonNode view, String name) {
        return view.get("netstat").get(name).longValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void requestsStayInTheSynQueueUntilTheirDataComes(String network) {
        try (LabSession lab = on(network)) {
            int listener = lab.listener(5);
            lab.set(listener, "TCP_DEFER_ACCEPT", 30);
            List<Integer> clients = connecting(lab, listener, 3);

            Await.until(() -> queue(lab.view(listener), "syn", "depth") == 3);
            assertThat(queue(lab.view(listener), "syn", "limit")).isEqualTo(5);
            assertThat(queue(lab.view(listener), "accept", "depth")).isZero();
            assertThat(inState(lab, clients, "ESTABLISHED")).isEqualTo(3);

            lab.send(clients.getFirst(), 1, "");
            Await.until(() -> queue(lab.view(listener), "accept", "depth") == 1);
            assertThat(queue(lab.view(listener), "syn", "depth")).isEqualTo(2);
        }
    }

    /** Two sessions share a port: whose a request is, the kernel does not say. */
    @Test
    void aSynQueueThatCannotBeToldFromAnothersIsNull() {
        try (LabSession one = on("host");
                LabSession other = on("host")) {
            int first = one.socket(null);
            one.set(first, "SO_REUSEPORT", 1);
            one.bind(first, "127.0.0.1:0");
            one.listen(first, 5);
            one.set(first, "TCP_DEFER_ACCEPT", 30);
            assertThat(queue(one.view(first), "syn", "depth")).isZero();
            int second = other.socket(null);
            other.set(second, "SO_REUSEPORT", 1);
            other.bind(second, one.name(first));
            other.listen(second, 5);
            other.set(second, "TCP_DEFER_ACCEPT", 30);
            connecting(one, first, 3);
            Await.until(() -> one.view(first).get("queues").get("syn").get("depth").isNull());
            assertThat(other.view(second).get("queues").get("syn").get("depth").isNull()).isTrue();
        }
    }

    /** The kernel keeps them for some seconds, and does not say that they are over. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRequestsOfAClosedListenerAreNotTheNextOnes(boolean closed) {
        try (LabSession one = on("host");
                LabSession other = on("host")) {
            int first = one.listener(5);
            String addr = one.name(first);
            one.set(first, "TCP_DEFER_ACCEPT", 30);
            connecting(one, first, 3);
            Await.until(() -> queue(one.view(first), "syn", "depth") == 3);
            if (closed) {
                one.close(first);
            } else {
                one.shutdown(first, "SHUT_RD");
            }
            int next = other.socket(null);
            other.bind(next, addr);
            other.listen(next, 5);
            other.set(next, "TCP_DEFER_ACCEPT", 30);
            assertThat(queue(other.view(next), "syn", "depth")).isZero();
            connecting(other, next, 2);
            Await.until(() -> queue(other.view(next), "syn", "depth") == 2);
        }
    }

    @Test
    void aSocketThatListensAgainHasItsRequestsAgain() {
        try (LabSession lab = on("host")) {
            int found = lab.listener(1);
            String addr = lab.name(found);
            lab.close(found);
            int listener = lab.socket(null);
            lab.bind(listener, addr); // a port that was asked for is kept when it listens no more
            lab.listen(listener, 5);
            lab.set(listener, "TCP_DEFER_ACCEPT", 30);
            connecting(lab, listener, 3);
            Await.until(() -> queue(lab.view(listener), "syn", "depth") == 3);
            lab.shutdown(listener, "SHUT_RD");
            lab.listen(listener, 5);
            assertThat(queue(lab.view(listener), "syn", "depth")).isEqualTo(3);
        }
    }

    /** What is left when one of two that shared a port is closed may be the other's. */
    @Test
    void theRequestsOfOneOfTwoThatSharedAPortStayUnclear() {
        try (LabSession lab = on("host")) {
            int first = sharing(lab, "127.0.0.1:0");
            String addr = lab.name(first);
            int second = sharing(lab, addr);
            connecting(lab, first, 3);
            Await.until(() -> synDepth(lab, second).isNull());
            lab.close(first);
            assertThat(synDepth(lab, second).isNull()).isTrue();
        }
    }

    private static JsonNode synDepth(LabSession lab, int fd) {
        return lab.view(fd).get("queues").get("syn").get("depth");
    }

    private static int sharing(LabSession lab, String addr) {
        int fd = lab.socket(null);
        lab.set(fd, "SO_REUSEPORT", 1);
        lab.bind(fd, addr);
        lab.listen(fd, 5);
        lab.set(fd, "TCP_DEFER_ACCEPT", 30);
        return fd;
    }
}
