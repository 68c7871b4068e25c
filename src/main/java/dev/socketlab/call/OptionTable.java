package dev.socketlab.call;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The table of socket options as it is written: a line each, with the level in brackets above. */
final class OptionTable {
    record Row(String level, String name, OptionForm form, String description) {}

    private OptionTable() {}

    static List<Row> read(String resource) {
        try (InputStream in =
                        Objects.requireNonNull(OptionTable.class.getResourceAsStream(resource));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<Row> rows = new ArrayList<>();
            String level = "";
            for (String line : lines.lines().toList()) {
                if (line.startsWith("[")) {
                    level = line.substring(1, line.length() - 1);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    rows.add(row(level, line));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String level, String line) {
        String[] columns = line.split(" +", 3);
        return new Row(level, columns[0], OptionForm.valueOf(columns[1]), columns[2]);
    }
}
