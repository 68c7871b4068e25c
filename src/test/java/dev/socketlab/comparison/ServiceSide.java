package dev.socketlab.comparison;

import dev.socketlab.Await;
import dev.socketlab.endtoend.Http;
import dev.socketlab.endtoend.HttpDoor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import tools.jackson.databind.node.ObjectNode;

/** The service, through HTTP. */
final class ServiceSide implements Side {
    private final HttpDoor door;
    private final IntSupplier waiting;
    private final List<CompletableFuture<ObjectNode>> running = new ArrayList<>();

    /**
     * @param waiting how many of the service's calls are waiting now
     */
    ServiceSide(Http http, String network, IntSupplier waiting) {
        this.door = new HttpDoor(http, network);
        this.waiting = waiting;
    }

    @Override
    public CompletableFuture<ObjectNode> begin(ObjectNode call) {
        return begin(call, null);
    }

    @Override
    public CompletableFuture<ObjectNode> interrupted(ObjectNode call) {
        CompletableFuture<ObjectNode> result = begin(call, "20ms");
        Await.until(result::isDone);
        return result;
    }

    private CompletableFuture<ObjectNode> begin(ObjectNode call, String wait) {
        CompletableFuture<ObjectNode> result = new CompletableFuture<>();
        running.add(result);
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(door.make(call, wait));
                    } catch (RuntimeException | AssertionError e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }

    @Override
    public void settle() {
        Await.until(() -> {
            int waits = waiting.getAsInt();
            return running.stream().filter(one -> !one.isDone()).count() == waits;
        });
        running.removeIf(CompletableFuture::isDone);
    }

    @Override
    public void close() {
        door.end();
        running.forEach(one -> Await.until(one::isDone));
    }
}
