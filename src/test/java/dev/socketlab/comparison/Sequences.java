package dev.socketlab.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Sequences of calls, each made of its seed: a kind of sockets, and then anything with them. */
final class Sequences {
    private static final int MIN_STEPS = 4;
    private static final int MAX_STEPS = 14;

    private Sequences() {}

    /**
     * @param setting the sockets that it begins with
     */
    static List<ObjectNode> of(long seed, Setting setting) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        List<ObjectNode> steps = new ArrayList<>(setting.setUp(random));
        AnyCall any = new AnyCall(random, setting, steps);
        int count = random.nextInt(MIN_STEPS, MAX_STEPS + 1);
        for (int i = 0; i < count; i++) {
            steps.addAll(any.next());
        }
        return steps;
    }
}
