package dev.socketlab.json.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.DataEncoding;
import org.junit.jupiter.api.Test;

class RecvFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'recv','fd':3,'len':5,'flags':['MSG_PEEK']}", new Call.Recv(3, 5, 2));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'recv','fd':3,'len':-1}", "/len")
                .contains("-1 is no size_t");
        Reading.assertRefused("{'call':'recv','fd':3}", "/len")
                .contains("the field len is missing");
    }

    @Test
    void theEncodingIsTheAnswers() {
        assertThat(
                        Reading.asked("{'call':'recv','fd':3,'len':5,'encoding':'hex'}")
                                .answerEncoding())
                .isEqualTo(DataEncoding.HEX);
        assertThat(Reading.asked("{'call':'recv','fd':3,'len':5}").answerEncoding()).isNull();
    }
}
