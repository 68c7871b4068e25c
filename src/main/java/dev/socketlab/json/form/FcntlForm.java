package dev.socketlab.json.form;

import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Required;
import dev.socketlab.refusal.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What fcntl(2) takes in JSON. */
@Schema(name = "FcntlRequest")
public record FcntlForm(
        @Required @Constant(Constants.FCNTL_COMMAND) int cmd,
        @Schema(ref = "FcntlArgument") @Nullable JsonNode arg)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Fcntl(fd, cmd, arg == null ? 0 : argument(arg));
    }

    private int argument(JsonNode node) {
        if (!node.isArray()) {
            return one(node);
        }
        int mask = 0;
        for (JsonNode flag : node) {
            mask |= one(flag);
        }
        return mask;
    }

    private int one(JsonNode node) {
        if (node.isString()) {
            Constants names =
                    cmd == FcntlCommand.F_SETFD ? Constants.DESCRIPTOR_FLAG : Constants.STATUS_FLAG;
            return names.value("/arg", node.stringValue());
        }
        if (node.isIntegralNumber() && node.canConvertToInt()) {
            return node.intValue();
        }
        throw new InvalidRequestException("/arg", Reason.of("expected.fcntl-arg"));
    }
}
