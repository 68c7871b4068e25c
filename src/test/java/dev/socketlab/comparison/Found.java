package dev.socketlab.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sequences of {@code comparison/found.txt}: a name after a number sign, then a {@link Step} a
 * line.
 */
final class Found {
    private Found() {}

    static Map<String, List<ObjectNode>> all() {
        Map<String, List<ObjectNode>> all = new LinkedHashMap<>();
        String name = "";
        for (String line : text().split("\n")) {
            if (line.startsWith("# ")) {
                name = line.substring(2);
            } else if (!line.isBlank()) {
                all.computeIfAbsent(name, _ -> new ArrayList<>()).add(Calls.of(line));
            }
        }
        return all;
    }

    private static String text() {
        try (InputStream in = Found.class.getResourceAsStream("/comparison/found.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
