package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** getsockname(2). */
public record GetsocknameForm() implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Getsockname(fd);
    }
}
