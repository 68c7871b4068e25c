package dev.socketlab.json.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.call.Result;
import dev.socketlab.linux.ControlMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerWriterTests {
    /** What recvmsg answers for a message of one buffer, with one control message. */
    private static CallAnswer.Message message(
            byte[] buffer, byte[] control, @Nullable DataEncoding encoding) {
        Control ttl = new Control.Other(new ControlMessage(0, 2, control));
        Result.Received received =
                new Result.Received(
                        buffer.length, buffer, new Result.Envelope(null, List.of(ttl), 0));
        Call call = new Call.Recvmsg(3, List.of((long) buffer.length), 64, 0);
        return (CallAnswer.Message) AnswerWriter.of(call, received, encoding);
    }

    @Test
    void theEncodingIsThatOfControlDataToo() {
        byte[] text = "hi".getBytes(StandardCharsets.UTF_8);
        byte[] control = {64, 0, 0, 0};

        CallAnswer.Message hex = message(text, control, DataEncoding.HEX);
        assertThat(hex.msg_iov()).containsExactly(new CallAnswer.Bytes("6869", DataEncoding.HEX));
        assertThat(hex.msg_control())
                .containsExactly(
                        new CallAnswer.ControlAnswer(
                                "IPPROTO_IP", "IP_TTL", null, "40000000", DataEncoding.HEX, 64));
        assertThat(message(text, control, DataEncoding.UTF_8).msg_control().getFirst().data())
                .isEqualTo("@\0\0\0");
        assertThat(message(text, new byte[] {-1}, DataEncoding.UTF_8).msg_control())
                .as("what is no UTF-8 is base64, as everywhere")
                .containsExactly(
                        new CallAnswer.ControlAnswer(
                                "IPPROTO_IP", "IP_TTL", null, "/w==", DataEncoding.BASE64, null));
    }

    @Test
    void controlDataAreBase64UnlessAnEncodingIsAskedFor() {
        CallAnswer.Message usual = message(new byte[] {'x'}, new byte[] {64, 0, 0, 0}, null);

        assertThat(usual.msg_iov()).containsExactly(new CallAnswer.Bytes("x", DataEncoding.UTF_8));
        assertThat(usual.msg_control().getFirst().data()).isEqualTo("QAAAAA==");
        assertThat(usual.msg_control().getFirst().encoding()).isEqualTo(DataEncoding.BASE64);
    }
}
