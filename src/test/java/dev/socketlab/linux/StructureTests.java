package dev.socketlab.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StructureTests {
    private static final byte[] IPV4 = {10, 0, 0, 7};
    private static final byte[] IPV6 = {
        0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
    };

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgainFieldByField(Structure structure) {
        List<Object> written = new ArrayList<>();
        List<Object> read = new ArrayList<>();
        for (Structure.Field field : structure.fields()) {
            switch (field.kind()) {
                case INT -> add(-7L - written.size(), written, read);
                case UINT -> add(0xffff_fff0L + written.size(), written, read);
                case LONG -> add(Long.MIN_VALUE + written.size(), written, read);
                case BYTE -> add(250L - written.size(), written, read);
                case IPV4 -> {
                    written.add(IPV4);
                    read.add("10.0.0.7");
                }
                case IPV6 -> {
                    written.add(IPV6);
                    read.add("2001:db8::1");
                }
            }
        }
        byte[] bytes = structure.write(written);
        assertThat(bytes).hasSize(structure.size());
        assertThat(structure.read(bytes).keySet())
                .containsExactlyElementsOf(
                        structure.fields().stream().map(Structure.Field::name).toList());
        assertThat(structure.read(bytes).values()).containsExactlyElementsOf(read);
    }

    private static void add(long value, List<Object> written, List<Object> read) {
        written.add(value);
        read.add(value);
    }

    @Test
    void theBytesAreThoseOfC() {
        byte[] linger = Structure.LINGER.write(List.of(1L, 30L));
        assertThat(linger)
                .isEqualTo(
                        ByteBuffer.allocate(8)
                                .order(ByteOrder.nativeOrder())
                                .putInt(1)
                                .putInt(30)
                                .array());
        assertThat(Structure.IP_MREQN.write(List.of(IPV4, IPV4, 0L)))
                .startsWith(10, 0, 0, 7, 10, 0, 0, 7);
    }

    @Test
    void bytesAfterTheStructureAreLeftAlone() {
        byte[] longer = new byte[20];
        longer[19] = 1;
        assertThat(Structure.UCRED.read(longer).values()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void aTextIsNoValueOfAField() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Structure.LINGER.write(List.of("1", "2")))
                .withMessageContaining("l_onoff");
    }
}
