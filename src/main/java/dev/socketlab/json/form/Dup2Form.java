package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Required;

/** What dup2(2) takes in JSON. */
public record Dup2Form(@Required int newfd) implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Dup2(fd, newfd);
    }
}
