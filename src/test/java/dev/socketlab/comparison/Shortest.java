package dev.socketlab.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** The shortest form of a sequence that still differs: without each step that it can do without. */
final class Shortest {
    private Shortest() {}

    static List<ObjectNode> of(List<ObjectNode> steps, Predicate<List<ObjectNode>> differs) {
        List<ObjectNode> shortest = new ArrayList<>(steps);
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int i = shortest.size() - 1; i >= 0; i--) {
                List<ObjectNode> fewer = new ArrayList<>(shortest);
                fewer.remove(i);
                if (differs.test(fewer)) {
                    shortest = fewer;
                    shorter = true;
                }
            }
        }
        return shortest;
    }
}
