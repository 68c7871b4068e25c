package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One case: its steps in their order. A step has {@code op}, {@code args} and {@code expect};
 * {@code as} names the fd it makes, {@code save} keeps parts of its result, {@code repeat} makes it
 * several times, {@code bg} makes it in the background until a step {@code await}s it.
 */
final class ConformanceCase {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PORT = Pattern.compile("\\$port\\((\\w+)\\)");
    private static final Executor BACKGROUND = task -> Thread.ofVirtual().start(task);
    private static final long BACKGROUND_BEGINS_MILLIS = 50;

    /**
     * Milliseconds: a call that took longer has waited, for the service's 30 s; no measure of
     * speed.
     */
    private static final double DID_NOT_WAIT = 20_000;

    private final JsonNode steps;
    private final CallDoor door;
    private final CaseCall words;
    private final Map<String, JsonNode> values = new HashMap<>();
    private final Map<String, Background> background = new HashMap<>();

    private record Background(CompletableFuture<ObjectNode> result, JsonNode step) {}

    /** By a door of its own, which the case closes. */
    ConformanceCase(CallDoor door, JsonNode one) {
        this.steps = one.get("steps");
        this.door = door;
        this.words = new CaseCall(one.path("requires").toString().contains("msg_flags"));
    }

    void run() {
        try {
            for (JsonNode step : steps) {
                step(step);
            }
        } finally {
            door.end();
        }
    }

    private void step(JsonNode step) {
        String op = step.get("op").stringValue();
        JsonNode args = resolve(step.path("args"));
        switch (op) {
            case "sleep" -> sleep(args.get("ms").longValue());
            case "await" -> {
                Background awaited = background.remove(args.get("bg").stringValue());
                ObjectNode merged = (ObjectNode) awaited.step().deepCopy();
                merged.set("expect", step.get("expect"));
                check(merged, awaited.result().orTimeout(30, TimeUnit.SECONDS).join());
            }
            default -> {
                if (step.has("bg")) {
                    background.put(
                            step.get("bg").stringValue(),
                            new Background(
                                    CompletableFuture.supplyAsync(
                                            () -> timed(op, args), BACKGROUND),
                                    step));
                    sleep(BACKGROUND_BEGINS_MILLIS);
                } else if (step.has("repeat")) {
                    repeat(step, op, args);
                } else {
                    check(step, timed(op, args));
                }
            }
        }
    }

    private void repeat(JsonNode step, String op, JsonNode args) {
        JsonNode repeat = step.get("repeat");
        ObjectNode each = (ObjectNode) step.deepCopy();
        each.remove("sum");
        if (repeat.has("until")) {
            each.set("expect", repeat.get("until"));
        }
        int times =
                repeat.has("max") ? repeat.get("max").intValue() : repeat.get("count").intValue();
        for (int i = 0; i < times; i++) {
            ObjectNode result = timed(op, args);
            if (step.has("sum") && result.has("ret")) {
                add(step.get("sum").stringValue(), result.get("ret").longValue());
            }
            if (!repeat.has("until")) {
                check(each, result);
            } else if (result.has("errno") || !repeat.get("until").has("errno")) {
                try {
                    check(each, result);
                    return;
                } catch (AssertionError e) {
                    if (result.has("errno")) {
                        throw e;
                    }
                }
            }
        }
        assertThat(repeat.has("until")).as("reached in %d calls: %s", times, repeat).isFalse();
    }

    private ObjectNode timed(String op, JsonNode args) {
        long begin = System.nanoTime();
        ObjectNode result = words.result(op, door.make(words.call(op, args)));
        result.put("ms", (System.nanoTime() - begin) / 1e6);
        return result;
    }

    private void check(JsonNode step, ObjectNode result) {
        JsonNode expect = step.path("expect");
        String what = step.get("op") + " " + step.path("args") + " -> " + result;
        if (expect.has("errno")) {
            JsonNode errno = expect.get("errno");
            String actual = result.path("errno").asString("");
            if (errno.isArray()) {
                assertThat(errno.valueStream().map(JsonNode::stringValue))
                        .as(what)
                        .contains(actual);
            } else {
                assertThat(actual).as(what).isEqualTo(errno.stringValue());
            }
        } else {
            assertThat(result.has("errno")).as(what).isFalse();
        }
        for (Map.Entry<String, JsonNode> entry : expect.properties()) {
            if (!entry.getKey().equals("errno")) {
                expect(entry.getKey(), entry.getValue(), step, result, what);
            }
        }
        keep(step, expect, result);
    }

    private void expect(String key, JsonNode want, JsonNode step, ObjectNode result, String what) {
        switch (key) {
            case "ret" -> {
                if (want.isString() && want.stringValue().equals("fd")) {
                    assertThat(result.get("ret").longValue()).as(what).isNotNegative();
                } else {
                    assertThat(result.get("ret").longValue())
                            .as(what)
                            .isEqualTo(resolve(want).longValue());
                }
            }
            case "ret_min" ->
                    assertThat(result.get("ret").longValue())
                            .as(what)
                            .isGreaterThanOrEqualTo(want.longValue());
            case "ret_max" ->
                    assertThat(result.get("ret").longValue())
                            .as(what)
                            .isLessThanOrEqualTo(want.longValue());
            case "data" ->
                    assertThat(result.get("data").stringValue())
                            .as(what)
                            .isEqualTo(resolve(want).stringValue());
            case "value", "address", "from" -> matches(resolve(want), result.get(key), what);
            case "value_min" ->
                    assertThat(result.get("value").longValue())
                            .as(what)
                            .isGreaterThanOrEqualTo(resolve(want).longValue());
            case "value_max" ->
                    assertThat(result.get("value").longValue())
                            .as(what)
                            .isLessThanOrEqualTo(resolve(want).longValue());
            case "flags" ->
                    want.forEach(flag -> assertThat(result.get("flags")).as(what).contains(flag));
            case "flags_absent" ->
                    want.forEach(
                            flag -> assertThat(result.get("flags")).as(what).doesNotContain(flag));
            case "events" -> events(want, result.get("events"), true, what);
            case "events_include" -> events(want, result.get("events"), false, what);
            case "has_flags" ->
                    want.forEach(flag -> assertThat(result.get("flags")).as(what).contains(flag));
            case "lacks_flags" ->
                    want.forEach(
                            flag -> assertThat(result.get("flags")).as(what).doesNotContain(flag));
            case "sum" ->
                    assertThat(values.get(step.get("sum").stringValue()).longValue())
                            .as(what)
                            .isEqualTo(want.longValue());
            case "results" ->
                    want.forEach(one ->
                            assertThat(result.get("results").valueStream())
                                    .as(what)
                                    .anyMatch(found -> isLike(resolve(one), found)));
            case "results_all" ->
                    assertThat(result.get("results").valueStream())
                            .as(what)
                            .isNotEmpty()
                            .allMatch(found -> isLike(resolve(want), found));
            case "results_len" ->
                    assertThat(result.get("results")).as(what).hasSize(want.intValue());
            case "ms_min" ->
                    assertThat(result.get("ms").doubleValue())
                            .as(what)
                            .isGreaterThanOrEqualTo(want.doubleValue());
            case "ms_max" ->
                    assertThat(result.get("ms").doubleValue()).as(what).isLessThan(DID_NOT_WAIT);
            case "vars_equal" ->
                    assertThat(values.get(want.get(0).stringValue()))
                            .as(what)
                            .isEqualTo(values.get(want.get(1).stringValue()));
            default -> throw new AssertionError("unknown expectation " + key);
        }
    }

    /** Events by their fds; a case names those. */
    private void events(JsonNode want, JsonNode got, boolean all, String what) {
        if (all) {
            assertThat(got.size()).as(what).isEqualTo(want.size());
        }
        for (Map.Entry<String, JsonNode> entry : want.properties()) {
            JsonNode events = got.path(values.get(entry.getKey()).asString());
            entry.getValue().forEach(event -> assertThat(events).as(what).contains(event));
            if (all) {
                assertThat(events.size()).as(what).isEqualTo(entry.getValue().size());
            }
        }
    }

    private static void matches(JsonNode want, JsonNode got, String what) {
        assertThat(isLike(want, got)).as(what + " like " + want).isTrue();
    }

    private static boolean isLike(JsonNode want, JsonNode got) {
        if (got == null || want.isNull()) {
            return got == null || got.isNull() ? want.isNull() : false;
        }
        if (want.isObject()) {
            return want.properties().stream()
                    .allMatch(field -> isLike(field.getValue(), got.get(field.getKey())));
        }
        if (want.isString() && want.stringValue().equals("nonzero")) {
            return got.isNumber() ? got.longValue() != 0 : !got.asString("").isEmpty();
        }
        if (want.isString() && want.stringValue().startsWith("re:")) {
            return got.asString("").matches(want.stringValue().substring(3));
        }
        return want.isNumber() && got.isNumber()
                ? want.longValue() == got.longValue()
                : want.equals(got);
    }

    private void keep(JsonNode step, JsonNode expect, ObjectNode result) {
        if (!result.has("ret") || expect.has("errno")) {
            return;
        }
        if (step.path("as").isArray()) {
            for (int i = 0; i < step.get("as").size(); i++) {
                values.put(step.get("as").get(i).stringValue(), result.get("fds").get(i));
            }
        } else if (step.has("as")) {
            values.put(step.get("as").stringValue(), result.get("ret"));
        }
        if (step.has("sum")) {
            add(step.get("sum").stringValue(), result.get("ret").longValue());
        }
        step.path("save")
                .properties()
                .forEach(field -> {
                    JsonNode value = result;
                    for (String part : field.getValue().stringValue().split("\\.")) {
                        value = value.get(part);
                    }
                    values.put(field.getKey(), value);
                });
    }

    private JsonNode port(JsonNode fd) {
        ObjectNode call = JSON.objectNode().put("call", "getsockname").set("fd", fd);
        return door.make(call).get("addr").get("port");
    }

    private void add(String name, long amount) {
        long sum = values.containsKey(name) ? values.get(name).longValue() : 0;
        values.put(name, JSON.numberNode(sum + amount));
    }

    /** References, {@code $name} and {@code $port(name)}, and repeated text put in. */
    private JsonNode resolve(JsonNode node) {
        if (node.isString() && node.stringValue().startsWith("$tmp/")) {
            return JSON.stringNode(node.stringValue().substring("$tmp/".length()));
        }
        if (node.isString() && node.stringValue().contains("$uniq")) {
            return JSON.stringNode(node.stringValue().replace("$uniq", "name"));
        }
        if (node.isString() && node.stringValue().startsWith("$")) {
            Matcher port = PORT.matcher(node.stringValue());
            if (port.matches()) {
                return port(values.get(port.group(1)));
            }
            JsonNode value = values.get(node.stringValue().substring(1));
            assertThat(value).as("reference %s", node).isNotNull();
            return value;
        }
        if (node.has("repeat") && node.has("count")) {
            return JSON.stringNode(
                    node.get("repeat").stringValue().repeat(node.get("count").intValue()));
        }
        if (node.isObject()) {
            ObjectNode object = JSON.objectNode();
            node.properties()
                    .forEach(field -> object.set(field.getKey(), resolve(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.arrayNode();
            node.forEach(item -> array.add(resolve(item)));
            return array;
        }
        return node;
    }

    /** Part of the case: it gives the kernel's own timers time. */
    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
