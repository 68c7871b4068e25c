package dev.socketlab.json.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.linux.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressWordTests {
    private static @Nullable SocketAddress read(@Nullable String text) {
        return AddressWord.read(Word.of("dest_addr", text), StrictJson.mapper());
    }

    @Test
    void itIsInShortOrTheJsonOfItsObject() {
        assertThat(read(null)).isNull();
        assertThat(read("127.0.0.1:80")).isEqualTo(new SocketAddress.Inet(0x7f000001, 80));
        assertThat(read("{\"family\":\"AF_INET6\",\"address\":\"::1\",\"scope_id\":2}"))
                .isEqualTo(new SocketAddress.Inet6(0, 1, 0, 0, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere | dest_addr | accepted: \"127.0.0.1:8080\"",
                "{\"family\":\"AF_INET\",\"port\":\"x\"} | dest_addr/port | fits a C int",
                "{\"address\":\"::1\"} | dest_addr | needs a family",
                "{\"family\":\"AF_INET\"}x | dest_addr | JSON",
                "{\"family\": | dest_addr | JSON"
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String where, String reason) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.where()).isEqualTo(where));
    }
}
