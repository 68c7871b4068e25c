package dev.socketlab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressTableTests {
    private final AddressTable<String> table = new AddressTable<>();

    @Test
    void anAddressIsWhereItWasLastSeen() {
        table.put(1, "a");
        table.put(2, "b");
        table.put(1, "c");
        assertThat(table.get(1)).isEqualTo("c");
        assertThat(table.get(2)).isEqualTo("b");
        assertThat(table.get(3)).isNull();
    }

    @Test
    void aFullTableForgetsAnotherAndNeverTellsAWrongPlace() {
        for (long mac = 0; mac < 100_000; mac++) {
            table.put(mac, "at " + mac);
            assertThat(table.get(mac)).isEqualTo("at " + mac);
        }
        long known = 0;
        for (long mac = 0; mac < 100_000; mac++) {
            String place = table.get(mac);
            if (place != null) {
                assertThat(place).isEqualTo("at " + mac);
                known++;
            }
        }
        assertThat(known).isBetween(200L, 256L);
    }
}
