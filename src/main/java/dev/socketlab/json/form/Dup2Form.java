package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Required;

/** dup2(2). */
public record Dup2Form(@Required int newfd) implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Dup2(fd, newfd);
    }
}
