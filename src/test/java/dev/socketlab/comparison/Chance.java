package dev.socketlab.comparison;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** What is left to chance in a sequence: which descriptor, which of several words, how many. */
final class Chance {
    private static final int FIRST = 3;

    /** A descriptor that no sequence has. */
    private static final int NOT_OPEN = 99;

    private final Random random;
    private int last;

    /**
     * @param descriptors how many there are, or may be
     */
    Chance(Random random, int descriptors) {
        this.random = random;
        this.last = FIRST + descriptors - 1;
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From the first to below the bound. */
    int between(int first, int bound) {
        return random.nextInt(first, bound);
    }

    boolean oneIn(int count) {
        return below(count) == 0;
    }

    boolean either() {
        return random.nextBoolean();
    }

    String of(String... any) {
        return of(List.of(any));
    }

    String of(List<String> any) {
        return any.get(below(any.size()));
    }

    /** One that there may be; now and then one that there is not. */
    int fd() {
        return oneIn(40) ? NOT_OPEN : between(FIRST, last + 1);
    }

    /** The one that was made last, if its call has succeeded. */
    int lastFd() {
        return last;
    }

    /** A call was made, or is about to be, that makes a descriptor if it succeeds. */
    void makesFd() {
        last++;
    }

    /**
     * A call on a socket.
     *
     * @param rest its other arguments, as {@link Calls#of} reads them
     */
    ObjectNode call(String name, String rest) {
        return Calls.of("{'call':'%s','sockfd':%d,%s}".formatted(name, fd(), rest));
    }

    /** The call, which now and then is interrupted if it blocks. */
    ObjectNode maybeInterrupted(ObjectNode call) {
        return oneIn(12) ? call.put("interrupted", true) : call;
    }
}
