package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** What getpeername(2) takes in JSON. */
public record GetpeernameForm() implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Getpeername(fd);
    }
}
