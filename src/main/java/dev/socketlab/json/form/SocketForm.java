package dev.socketlab.json.form;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** socket(2): of TCP over IPv4, on the first host, unless told otherwise. */
@Schema(name = "SocketRequest")
public record SocketForm(
        @Constant(Constants.ADDRESS_FAMILY) @Nullable Integer domain,
        @Constant(Constants.SOCKET_TYPE) @Nullable Integer type,
        @Constant(Constants.PROTOCOL) @Nullable Integer protocol,
        @Constant(value = Constants.SOCKET_FLAG, flags = true) @Nullable Integer flags,
        @Nullable String host)
        implements ProcessForm {
    @Override
    public Call toCall() {
        return new Call.Socket(
                Form.or(domain, AddressFamily.AF_INET),
                Form.or(type, SocketType.SOCK_STREAM) | Form.or(flags, 0),
                Form.or(protocol, 0),
                host);
    }
}
