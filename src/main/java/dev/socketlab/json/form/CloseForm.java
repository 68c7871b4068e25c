package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** What close(2) takes in JSON. */
public record CloseForm() implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Close(fd);
    }
}
