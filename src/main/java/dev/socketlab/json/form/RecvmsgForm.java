package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.refusal.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What recvmsg(2) takes in JSON. */
@Schema(name = "RecvmsgRequest")
public record RecvmsgForm(
        @Nullable List<Long> iov_len,
        @Nullable Integer controllen,
        @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags,
        @Nullable DataEncoding encoding)
        implements DescriptorForm {
    private static final int MAX_CONTROLLEN = 65536;

    @Override
    public Call toCall(int fd) {
        List<Long> lengths = Form.orEmpty(iov_len);
        for (int i = 0; i < lengths.size(); i++) {
            Checks.size("/iov_len/" + i, lengths.get(i));
        }
        int control = Form.or(controllen, 0);
        if (control < 0 || control > MAX_CONTROLLEN) {
            throw new InvalidRequestException(
                    "/controllen", Reason.of("invalid.up-to", "controllen", MAX_CONTROLLEN));
        }
        return new Call.Recvmsg(fd, lengths, control, Form.or(flags, 0));
    }

    @Override
    public @Nullable DataEncoding answerEncoding() {
        return encoding;
    }
}
