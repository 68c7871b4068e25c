package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** What getsockname(2) takes in JSON. */
public record GetsocknameForm() implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Getsockname(fd);
    }
}
