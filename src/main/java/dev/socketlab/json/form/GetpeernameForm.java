package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** getpeername(2). */
public record GetpeernameForm() implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Getpeername(fd);
    }
}
