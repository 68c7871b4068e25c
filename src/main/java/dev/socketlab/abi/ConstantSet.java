package dev.socketlab.abi;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One family of C constants: its names, their values, and back. Two names of one value are both
 * known; the one that is not an {@link Alias} is the value's name.
 */
public final class ConstantSet {
    private final Map<String, Integer> values;
    private final Map<Integer, String> names;

    private ConstantSet(Map<String, Integer> values, Map<Integer, String> names) {
        this.values = Collections.unmodifiableMap(values);
        this.names = Map.copyOf(names);
    }

    /** The public static ints that the class declares, in the order of their values. */
    public static ConstantSet of(Class<?> constants) {
        List<Field> fields = new ArrayList<>();
        for (Field field : constants.getDeclaredFields()) {
            if (field.getType() == int.class && Modifier.isPublic(field.getModifiers())) {
                fields.add(field);
            }
        }
        fields.sort((a, b) -> Integer.compareUnsigned(value(a), value(b)));
        Map<String, Integer> values = new LinkedHashMap<>();
        Map<Integer, String> names = new HashMap<>();
        for (Field field : fields) {
            values.put(field.getName(), value(field));
            if (!field.isAnnotationPresent(Alias.class)) {
                names.put(value(field), field.getName());
            }
        }
        return new ConstantSet(values, names);
    }

    /** This set, which also knows the names of another, as aliases. */
    ConstantSet withAliases(ConstantSet aliases) {
        Map<String, Integer> all = new LinkedHashMap<>(values);
        all.putAll(aliases.values);
        return new ConstantSet(all, names);
    }

    private static int value(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " is public", e);
        }
    }

    /** The value of a name, if the set has it. */
    public OptionalInt value(String name) {
        Integer value = values.get(name);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** The name of a value, or null where it has none. */
    public @Nullable String name(int value) {
        return names.get(value);
    }

    /** The name of a value, or the number itself where it has none. */
    public Object nameOrNumber(int value) {
        String name = names.get(value);
        return name == null ? (Object) value : name;
    }

    /** The name of a value, or its number as text where it has none. */
    public String text(int value) {
        String name = names.get(value);
        return name == null ? Integer.toString(value) : name;
    }

    /**
     * A mask taken apart: the names of its bits from the lowest up, then what is left as one
     * number.
     */
    public List<Object> flags(int mask) {
        List<Object> flags = new ArrayList<>();
        int left = mask;
        for (Map.Entry<String, Integer> entry : values.entrySet()) {
            int bits = entry.getValue();
            if (bits != 0 && (left & bits) == bits && entry.getKey().equals(names.get(bits))) {
                flags.add(entry.getKey());
                left &= ~bits;
            }
        }
        if (left != 0) {
            flags.add(left);
        }
        return flags;
    }

    /** A mask as C source has it: {@code MSG_PEEK|MSG_DONTWAIT}, or {@code 0}. */
    public String maskText(int mask) {
        List<Object> flags = flags(mask);
        return flags.isEmpty()
                ? "0"
                : String.join("|", flags.stream().map(ConstantSet::hex).toList());
    }

    private static String hex(Object flag) {
        return flag instanceof Integer number
                ? "0x" + Integer.toHexString(number)
                : flag.toString();
    }

    /** Every name with its value. */
    public Map<String, Integer> all() {
        return values;
    }
}
