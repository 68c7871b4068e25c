package dev.socketlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open, as /proc/self/fd says it. */
public final class OpenFds {
    private OpenFds() {}

    /** What the open fds are, of those whose description matches: {@code socket:[123]}. */
    public static List<String> matching(String regex) {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            List<String> open = new ArrayList<>();
            for (Path link : links.toList()) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    if (target.matches(regex)) {
                        open.add(target);
                    }
                } catch (NoSuchFileException _) {
                    continue; // closed meanwhile
                }
            }
            return open.stream().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
