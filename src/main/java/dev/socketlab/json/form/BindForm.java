package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Required;
import dev.socketlab.linux.SocketAddress;
import io.swagger.v3.oas.annotations.media.Schema;

/** What bind(2) takes in JSON. */
@Schema(name = "AddressRequest")
public record BindForm(@Required SocketAddress addr) implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Bind(fd, addr);
    }
}
