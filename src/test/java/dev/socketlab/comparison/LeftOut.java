package dev.socketlab.comparison;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls that are not made beside those that wait: what comes of them is a race in Linux too, or
 * is known to be otherwise here.
 *
 * @param aliases whether a file of the sequence may have more than one number
 */
record LeftOut(boolean aliases) {
    private static final Pattern ALIASES = Pattern.compile("dup|DUPFD|SCM_RIGHTS");

    static LeftOut of(List<ObjectNode> steps) {
        return new LeftOut(ALIASES.matcher(steps.toString()).find());
    }

    boolean isLeftOut(ObjectNode call, List<ObjectNode> waiting) {
        Predicate<ObjectNode> forbids =
                one -> closes(call, one) || isBesideAPeek(call, one) || races(call, one);
        return waiting.stream().anyMatch(forbids);
    }

    /**
     * A descriptor that a call waits for is not closed: in Linux the call goes on waiting for a
     * file that has no number any more, and here it ends with EBADF, for good.
     */
    private static boolean closes(ObjectNode call, ObjectNode one) {
        Set<Integer> used = Calls.descriptors(one);
        return Calls.closes(call).stream().anyMatch(used::contains);
    }

    /**
     * Of several calls that wait for the same datagram Linux wakes one; where that one peeks, the
     * others sleep on beside a queue with a datagram in it, and here they do not.
     */
    private static boolean isBesideAPeek(ObjectNode call, ObjectNode one) {
        return (Calls.isPeek(call) || Calls.isPeek(one)) && haveTheSame(call, one);
    }

    /**
     * What a poll finds that wakes beside a call that takes is a race, in Linux too; and so is
     * which of several calls that wait for the same file has its bytes, its room or its error.
     */
    private boolean races(ObjectNode call, ObjectNode one) {
        boolean polls = Calls.isPoll(one) && Calls.mayTake(call);
        boolean polled = Calls.isPoll(call) && Calls.mayTake(one);
        boolean same =
                (Calls.mayTake(one) && Calls.mayTake(call))
                        || (Calls.mayGive(one) && Calls.mayGive(call))
                        || (Calls.isEpollWait(one) && Calls.isEpollWait(call));
        return polls
                || polled
                || (same && (aliases || haveTheSame(call, one)))
                || (Calls.isTcpConnect(one) && Calls.mayWait(call));
    }

    private static boolean haveTheSame(ObjectNode call, ObjectNode one) {
        Set<Integer> used = Calls.descriptors(one);
        return Calls.descriptors(call).stream().anyMatch(used::contains);
    }
}
