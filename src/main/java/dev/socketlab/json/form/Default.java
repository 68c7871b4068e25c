package dev.socketlab.json.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a field stands for that is left out. */
final class Default {
    private Default() {}

    static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
