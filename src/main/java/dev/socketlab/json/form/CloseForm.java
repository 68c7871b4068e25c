package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** close(2). */
public record CloseForm() implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Close(fd);
    }
}
