package dev.socketlab.json.form;

import dev.socketlab.json.value.DataEncoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a call: a record whose fields are what the call takes beside the words of its URL,
 * with its defaults and checks. Jackson reads the record, and {@code toCall} makes the call.
 */
public interface Form {
    /** How the bytes of the answer are written; null for the usual. */
    default @Nullable DataEncoding answerEncoding() {
        return null;
    }

    /** A field that may be left out. */
    static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    /** A list that may be left out. */
    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
