package dev.socketlab.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same steps on both sides, one after the other: each begins when those before it have ended or
 * are blocked, on both; and after each, the same calls have ended, with the same results.
 */
final class Comparison {
    /** A call that Linux has ended is ended here within this time, unless it never is. */
    private static final long PATIENCE_SECONDS = Integer.getInteger("comparison.patience", 10);

    /** The same letter again and again. */
    private static final Pattern LONG = Pattern.compile("(.)\\1{30,}");

    /** What gives a file more than one number. */
    private static final Pattern ALIASES = Pattern.compile("dup|DUPFD|SCM_RIGHTS");

    private static final int MAX_BLOCKED = 3;

    private final Side linux;
    private final Side service;
    private final List<Step> blocked = new ArrayList<>();
    private final List<String> transcript = new ArrayList<>();
    private @Nullable String difference;
    private boolean aliases;

    /**
     * A call that was begun.
     *
     * @param parts whether it may have done any part of what it was to do
     */
    private record Step(
            int number,
            ObjectNode call,
            boolean parts,
            CompletableFuture<ObjectNode> linux,
            CompletableFuture<ObjectNode> service) {
        @Override
        public String toString() {
            String text = LONG.matcher(call.toString()).replaceAll("$1…");
            return number + " " + text;
        }

        boolean uses(int fd) {
            return Calls.descriptors(call).contains(fd);
        }
    }

    Comparison(Side linux, Side service) {
        this.linux = linux;
        this.service = service;
    }

    /**
     * Makes the steps, until there is a difference.
     *
     * @return what differs; null where nothing does
     */
    @Nullable String run(List<ObjectNode> steps) {
        aliases = ALIASES.matcher(steps.toString()).find();
        for (int i = 0; i < steps.size() && difference == null; i++) {
            ObjectNode step = steps.get(i);
            boolean fits =
                    !wouldCloseWhatWaits(step) && !wouldWaitBesideAPeek(step) && !wouldRace(step);
            if (fits && blocked.size() < MAX_BLOCKED) {
                step(i, step);
            }
        }
        return difference;
    }

    /** The steps as they were made, with what Linux answered. */
    List<String> transcript() {
        return transcript;
    }

    /**
     * A descriptor that a call waits for is not closed: in Linux the call goes on waiting for a
     * file that has no number any more, and here it ends with EBADF, for good.
     */
    private boolean wouldCloseWhatWaits(ObjectNode call) {
        Set<Integer> closes = Calls.closes(call);
        return blocked.stream().anyMatch(one -> closes.stream().anyMatch(one::uses));
    }

    /**
     * Of several calls that wait for the same datagram Linux wakes one; where that one peeks, the
     * others sleep on beside a queue with a datagram in it, and here they do not.
     */
    private boolean wouldWaitBesideAPeek(ObjectNode call) {
        return blocked.stream()
                .filter(one -> Calls.isPeek(call) || Calls.isPeek(one.call))
                .anyMatch(one -> Calls.descriptors(call).stream().anyMatch(one::uses));
    }

    /**
     * What a poll finds that wakes beside a call that takes is a race, in Linux too; and so is
     * which of several calls that wait for the same file has its bytes, its room or its error.
     */
    private boolean wouldRace(ObjectNode call) {
        return blocked.stream().anyMatch(one -> wouldRace(one, call));
    }

    private boolean wouldRace(Step one, ObjectNode call) {
        boolean polls = Calls.isPoll(one.call) && Calls.mayTake(call);
        boolean polled = Calls.isPoll(call) && Calls.mayTake(one.call);
        boolean same =
                (Calls.mayTake(one.call) && Calls.mayTake(call))
                        || (Calls.mayGive(one.call) && Calls.mayGive(call))
                        || (Calls.isEpollWait(one.call) && Calls.isEpollWait(call));
        boolean sameFile = aliases || Calls.descriptors(call).stream().anyMatch(one::uses);
        return polls
                || polled
                || (same && sameFile)
                || (Calls.isTcpConnect(one.call) && Calls.mayWait(call));
    }

    private void step(int number, ObjectNode step) {
        ObjectNode call = step.deepCopy();
        boolean interrupts = call.remove("interrupted") != null;
        boolean parts = call.remove("parts") != null;
        int times = call.has("times") ? call.remove("times").intValue() : 1;
        if (call.remove("exhausts") != null) {
            exhaust(linux, call);
            exhaust(service, call);
            return;
        }
        boolean more = true;
        for (int i = 0; i < times && more && difference == null; i++) {
            Step one = begin(number, call, interrupts, parts);
            settle();
            more = one.linux.isDone() && Calls.isMore(outcome(one.linux));
        }
    }

    /**
     * Makes a call until it fails; how often is TCP's affair, which takes more or less as
     * acknowledgements come.
     */
    private void exhaust(Side side, ObjectNode call) {
        CompletableFuture<ObjectNode> result;
        do {
            result = side.begin(Calls.resolve(call, side));
            side.settle();
        } while (Calls.isMore(outcome(result)));
    }

    private Step begin(int number, ObjectNode call, boolean interrupts, boolean parts) {
        ObjectNode linuxCall = Calls.resolve(call, linux);
        ObjectNode serviceCall = Calls.resolve(call, service);
        Step step =
                interrupts
                        ? new Step(
                                number,
                                call,
                                parts,
                                linux.interrupted(linuxCall),
                                service.interrupted(serviceCall))
                        : new Step(
                                number,
                                call,
                                parts,
                                linux.begin(linuxCall),
                                service.begin(serviceCall));
        blocked.add(step);
        return step;
    }

    private void settle() {
        linux.settle();
        service.settle();
        for (Step one : List.copyOf(blocked)) {
            if (one.linux.isDone() || one.service.isDone()) {
                blocked.remove(one);
                compare(one);
            }
        }
        blocked.forEach(one -> note(one, "waits"));
    }

    private void note(Step step, String what) {
        String line = "%s -> %s".formatted(step, what);
        if (!transcript.contains(line)) {
            transcript.add(line);
        }
    }

    private void compare(Step step) {
        String expected = step.linux.isDone() ? outcome(step.linux) : "waits";
        String actual = outcome(step.service);
        note(step, expected);
        boolean same =
                expected.equals(actual) || (step.parts && isPart(expected) && isPart(actual));
        if (!same && difference == null) {
            difference = "step %s: Linux %s, the service %s".formatted(step, expected, actual);
        }
    }

    private static boolean isPart(String outcome) {
        return outcome.startsWith("{\"returned\":");
    }

    private static String outcome(CompletableFuture<ObjectNode> result) {
        try {
            return Calls.outcome(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException _) {
            return "waits";
        } catch (ExecutionException | CompletionException e) {
            return "" + e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "" + e;
        }
    }
}
