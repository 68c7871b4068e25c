package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.Required;
import dev.socketlab.linux.SocketAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What getnameinfo(3) takes in JSON. */
@Schema(name = "GetnameinfoRequest")
public record GetnameinfoForm(
        @Required SocketAddress addr,
        @Constant(value = Constants.NAMEINFO_FLAG, flags = true) @Nullable Integer flags)
        implements ProcessForm {
    @Override
    public Call toCall() {
        return new Call.Getnameinfo(addr, Form.or(flags, 0));
    }
}
