package dev.socketlab.json.form;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** socketpair(2): of UNIX streams unless told otherwise. */
@Schema(name = "SocketpairRequest")
public record SocketpairForm(
        @Constant(Constants.ADDRESS_FAMILY) @Nullable Integer domain,
        @Constant(Constants.SOCKET_TYPE) @Nullable Integer type,
        @Constant(Constants.PROTOCOL) @Nullable Integer protocol,
        @Constant(value = Constants.SOCKET_FLAG, flags = true) @Nullable Integer flags)
        implements ProcessForm {
    @Override
    public Call toCall() {
        return new Call.Socketpair(
                Form.or(domain, AddressFamily.AF_UNIX),
                Form.or(type, SocketType.SOCK_STREAM) | Form.or(flags, 0),
                Form.or(protocol, 0));
    }
}
