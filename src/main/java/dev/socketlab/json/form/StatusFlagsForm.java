package dev.socketlab.json.form;

import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.call.Call;
import dev.socketlab.json.value.CallAnswer;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.Required;
import io.swagger.v3.oas.annotations.media.Schema;

/** fcntl(2) with F_SETFL, as PUT has it. */
@Schema(name = "FlagsRequest")
public record StatusFlagsForm(
        @Required @Constant(value = Constants.STATUS_FLAG, flags = true) int flags)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Fcntl(fd, FcntlCommand.F_SETFL, flags);
    }

    /** What PUT answers where the call returned 0: of the flags those that F_SETFL sets. */
    public CallAnswer answer() {
        int set = flags & (StatusFlag.O_NONBLOCK | StatusFlag.O_ASYNC);
        return new CallAnswer.Flags(0, StatusFlag.NAMES.flags(set));
    }
}
