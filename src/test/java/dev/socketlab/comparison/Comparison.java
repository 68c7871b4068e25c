package dev.socketlab.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private static final int MAX_BLOCKED = 3;

    private static final String WAITS = "waits";

    /** What is no answer: a call that cannot be made is nothing to compare. */
    private static final String THROWS = "throws ";

    private final Side linux;
    private final Side service;
    private final List<Begun> blocked = new ArrayList<>();
    private final List<String> transcript = new ArrayList<>();
    private @Nullable String difference;

    /** A step that was begun on both sides. */
    private record Begun(
            int number,
            Step step,
            CompletableFuture<ObjectNode> linux,
            CompletableFuture<ObjectNode> service) {
        @Override
        public String toString() {
            return number + " " + LONG.matcher(step.call().toString()).replaceAll("$1…");
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
        LeftOut leftOut = LeftOut.of(steps);
        for (int i = 0; i < steps.size() && difference == null; i++) {
            Step step = Step.of(steps.get(i));
            List<ObjectNode> waiting = blocked.stream().map(one -> one.step.call()).toList();
            if (waiting.size() < MAX_BLOCKED && !leftOut.isLeftOut(step.call(), waiting)) {
                step(i, step);
            }
        }
        return difference;
    }

    /** The steps as they were made, with what Linux answered. */
    List<String> transcript() {
        return transcript;
    }

    private void step(int number, Step step) {
        if (step.exhausts()) {
            exhaust(linux, step.call());
            exhaust(service, step.call());
            return;
        }
        boolean more = true;
        for (int i = 0; i < step.times() && more && difference == null; i++) {
            Begun begun = begin(number, step);
            settle();
            more = begun.linux.isDone() && Calls.isMore(outcome(begun.linux));
        }
    }

    /**
     * Makes a call until it fails; how often is TCP's affair, which takes more or less as
     * acknowledgements come.
     */
    private static void exhaust(Side side, ObjectNode call) {
        CompletableFuture<ObjectNode> result;
        do {
            result = side.begin(Calls.resolve(call, side));
            side.settle();
        } while (Calls.isMore(outcome(result)));
    }

    private Begun begin(int number, Step step) {
        ObjectNode call = step.call();
        ObjectNode linuxCall = Calls.resolve(call, linux);
        ObjectNode serviceCall = Calls.resolve(call, service);
        Begun begun =
                step.interrupted()
                        ? new Begun(
                                number,
                                step,
                                linux.interrupted(linuxCall),
                                service.interrupted(serviceCall))
                        : new Begun(
                                number, step, linux.begin(linuxCall), service.begin(serviceCall));
        blocked.add(begun);
        return begun;
    }

    private void settle() {
        linux.settle();
        service.settle();
        for (Begun one : List.copyOf(blocked)) {
            if (one.linux.isDone() || one.service.isDone()) {
                blocked.remove(one);
                compare(one);
            }
        }
        blocked.forEach(one -> note(one, WAITS));
    }

    private void note(Begun begun, String what) {
        String line = "%s -> %s".formatted(begun, what);
        if (!transcript.contains(line)) {
            transcript.add(line);
        }
    }

    private void compare(Begun begun) {
        String expected = begun.linux.isDone() ? outcome(begun.linux) : WAITS;
        String actual = outcome(begun.service);
        note(begun, expected);
        boolean same =
                expected.equals(actual)
                        || (begun.step.parts() && isPart(expected) && isPart(actual));
        if ((!same || expected.startsWith(THROWS)) && difference == null) {
            difference = "step %s: Linux %s, the service %s".formatted(begun, expected, actual);
        }
    }

    private static boolean isPart(String outcome) {
        return outcome.startsWith("{\"returned\":");
    }

    private static String outcome(CompletableFuture<ObjectNode> result) {
        try {
            return Calls.outcome(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException _) {
            return WAITS;
        } catch (ExecutionException e) {
            return THROWS + e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return THROWS + e;
        }
    }
}
