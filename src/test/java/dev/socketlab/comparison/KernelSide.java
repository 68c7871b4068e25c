package dev.socketlab.comparison;

import dev.socketlab.Await;
import dev.socketlab.endtoend.KernelDoor;
import dev.socketlab.linux.KernelThread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import tools.jackson.databind.node.ObjectNode;

/** Linux itself. */
final class KernelSide implements Side {
    private final ExecutorService threads;
    private final KernelDoor door;
    private final List<Running> running = new ArrayList<>();

    private static final class Running {
        private final CompletableFuture<ObjectNode> result = new CompletableFuture<>();
        private volatile KernelThread thread;

        private boolean isBlocked() {
            KernelThread one = thread;
            return one != null && one.isBlocked();
        }
    }

    /**
     * @param threads platform threads, for a call holds its own while it blocks
     * @param directory where UNIX sockets have their names
     */
    KernelSide(ExecutorService threads, Path directory) {
        this.threads = threads;
        this.door = new KernelDoor(directory);
    }

    @Override
    public CompletableFuture<ObjectNode> begin(ObjectNode call) {
        Running one = new Running();
        running.add(one);
        threads.execute(() -> {
            one.thread = KernelThread.current();
            try {
                one.result.complete(door.make(call));
            } catch (RuntimeException | AssertionError e) {
                one.result.completeExceptionally(e);
            }
        });
        return one.result;
    }

    @Override
    public CompletableFuture<ObjectNode> interrupted(ObjectNode call) {
        CompletableFuture<ObjectNode> result = begin(call);
        interrupt(running.getLast());
        return result;
    }

    private static void interrupt(Running one) {
        Await.until(() -> {
            if (!one.result.isDone() && one.isBlocked()) {
                one.thread.interrupt();
            }
            return one.result.isDone();
        });
    }

    @Override
    public void settle() {
        long before;
        do { // what has ended may have woken one that was blocked when it was looked at
            before = ended();
            running.forEach(one -> Await.until(() -> one.result.isDone() || one.isBlocked()));
        } while (ended() != before);
        running.removeIf(one -> one.result.isDone());
    }

    private long ended() {
        return running.stream().filter(one -> one.result.isDone()).count();
    }

    @Override
    public void close() {
        running.forEach(KernelSide::interrupt);
        door.end();
    }
}
