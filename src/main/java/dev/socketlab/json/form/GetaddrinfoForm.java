package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.linux.Netdb;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** getaddrinfo(3), on the first host unless told otherwise. */
@Schema(name = "GetaddrinfoRequest")
public record GetaddrinfoForm(
        @Nullable String node,
        @Nullable String service,
        @Nullable HintsForm hints,
        @Nullable String host)
        implements ProcessForm {
    /** struct addrinfo of what is asked for. */
    @Schema(name = "Hints")
    public record HintsForm(
            @Constant(Constants.ADDRESS_FAMILY) @Nullable Integer family,
            @Constant(Constants.SOCKET_TYPE) @Nullable Integer socktype,
            @Constant(Constants.PROTOCOL) @Nullable Integer protocol,
            @Constant(value = Constants.ADDRINFO_FLAG, flags = true) @Nullable Integer flags) {
        private Netdb.Hints toHints() {
            return new Netdb.Hints(
                    Form.or(flags, 0),
                    Form.or(family, 0),
                    Form.or(socktype, 0),
                    Form.or(protocol, 0));
        }
    }

    @Override
    public Call toCall() {
        return new Call.Getaddrinfo(
                Checks.string("/node", node),
                Checks.string("/service", service),
                hints == null ? null : hints.toHints(),
                host);
    }
}
