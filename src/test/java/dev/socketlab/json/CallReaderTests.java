package dev.socketlab.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.call.Call;
import dev.socketlab.json.form.Reading;
import dev.socketlab.json.value.StrictJson;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CallReaderTests {
    /** The records of Call: its permitted subclasses, and those of the interfaces among them. */
    private static Set<Class<?>> records(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(one -> one.isRecord() ? Stream.<Class<?>>of(one) : records(one).stream())
                .collect(Collectors.toSet());
    }

    @Test
    void everyCallHasAFormAndATestBesideIt() {
        Set<String> names = new TreeSet<>(CallReader.names());
        names.remove("accept4"); // accept with flags
        Set<Class<?>> records = records(Call.class);
        Set<String> calls =
                records.stream()
                        .map(record -> cName(record.getSimpleName()))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).as("CallReader has a line for each call").isEqualTo(calls);
        for (Class<?> record : records) {
            String test =
                    getClass().getPackageName() + ".form." + record.getSimpleName() + "FormTests";
            assertThat(exists(test)).as(test).isTrue();
        }
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    /** EpollCreate1 is epoll_create1. */
    private static String cName(String record) {
        return record.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    @Test
    void aCallWithoutANameOrWithAnotherIsRefused() {
        Reading.assertRefused("{}", "/call").contains("accept, accept4, bind");
        Reading.assertRefused("{'call':7}", "/call");
        Reading.assertRefused("{'call':'fork'}", "/call");
        Reading.assertRefused("{'call':'Bind','fd':3}", "/call");
    }

    @Test
    void whatIsReadIsNotChanged() {
        JsonMapper mapper = StrictJson.mapper();
        ObjectNode object = mapper.createObjectNode().put("call", "close").put("fd", 3);
        new CallReader(mapper).read(object);
        assertThat(object.toString()).isEqualTo("{\"call\":\"close\",\"fd\":3}");
    }
}
