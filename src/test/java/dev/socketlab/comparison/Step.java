package dev.socketlab.comparison;

import tools.jackson.databind.node.ObjectNode;

/**
 * A step of a sequence: a call, and how it is made. In a sequence that stands among the fields of
 * the call.
 *
 * @param interrupted whether it is interrupted if it blocks
 * @param parts whether it may have done any part of what it was to do
 * @param exhausts whether each side makes it until it fails, as often as that takes there
 * @param times how often it is made, unless it fails, blocks or is at the end before
 */
record Step(ObjectNode call, boolean interrupted, boolean parts, boolean exhausts, int times) {
    static Step of(ObjectNode step) {
        ObjectNode call = step.deepCopy();
        boolean interrupted = call.remove("interrupted") != null;
        boolean parts = call.remove("parts") != null;
        boolean exhausts = call.remove("exhausts") != null;
        int times = call.has("times") ? call.remove("times").intValue() : 1;
        return new Step(call, interrupted, parts, exhausts, times);
    }
}
