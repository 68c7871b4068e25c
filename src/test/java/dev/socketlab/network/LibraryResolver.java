package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** getaddrinfo(3) of the C library, in a C program, on a host and with a hosts file of a test's. */
record LibraryResolver(Path directory, Path program) {
    private static final String PROGRAM =
            """
            #include <arpa/inet.h>
            #include <netdb.h>
            #include <stdio.h>
            int main(void) {
                char name[256];
                int family, flags;
                while (scanf("%255s %d %d", name, &family, &flags) == 3) {
                    struct addrinfo hints = {.ai_family = family, .ai_flags = flags,
                                             .ai_socktype = SOCK_STREAM}, *list = NULL;
                    if (getaddrinfo(name, "80", &hints, &list) != 0)
                        list = NULL;
                    printf("%s:", name);
                    for (struct addrinfo *ai = list; ai; ai = ai->ai_next) {
                        char text[INET6_ADDRSTRLEN];
                        void *ip = ai->ai_family == AF_INET
                            ? (void *) &((struct sockaddr_in *) ai->ai_addr)->sin_addr
                            : (void *) &((struct sockaddr_in6 *) ai->ai_addr)->sin6_addr;
                        printf(" %s", inet_ntop(ai->ai_family, ip, text, sizeof text));
                    }
                    puts("");
                }
            }
            """;

    /** Makes the program; skips the test where the machine lacks what that or running it needs. */
    static LibraryResolver in(Path directory) throws Exception {
        for (String tool : List.of("gcc", "nsenter", "unshare")) {
            assumeTrue(isThere(tool, "--version"), tool + " is not installed");
        }
        assumeTrue(
                isThere("unshare", "--mount", "mount", "--bind", directory + "", "/etc"),
                "no mount namespace can be made");
        Path program = directory.resolve("lookups");
        Path source = Files.writeString(directory.resolve("lookups.c"), PROGRAM);
        assertThat(run(List.of("gcc", "-o", program + "", source + ""), "")).isEmpty();
        return new LibraryResolver(directory, program);
    }

    /** Each name with its addresses in the library's order; with none where it finds none. */
    List<String> answers(IsolatedHost host, List<NameLookup> questions) throws Exception {
        Path etc = Files.createTempDirectory(directory, "etc");
        Files.write(
                etc.resolve("hosts"),
                questions.stream()
                        .flatMap(NameLookup::lines)
                        .map(line -> line.addressText() + " " + line.names().getFirst())
                        .toList());
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files\n");
        Files.writeString(etc.resolve("host.conf"), "multi on\n");
        String namespace = namespace(host);
        List<String> command =
                List.of(
                        "nsenter",
                        "--net=" + namespace,
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind " + etc + " /etc && exec " + program);
        String asked =
                questions.stream()
                        .map(one -> one.name() + " " + one.family() + " " + one.flags())
                        .collect(Collectors.joining("\n"));
        return run(command, asked).lines().toList();
    }

    /** The fd of this process that keeps a host's namespace, as another process finds it. */
    private static String namespace(IsolatedHost host) throws IOException {
        String link =
                host.in(() -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")) + "";
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
            Path fd = fds.filter(one -> link(one).equals(link)).findFirst().orElseThrow();
            return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd.getFileName();
        }
    }

    private static String link(Path fd) {
        try {
            return Files.readSymbolicLink(fd) + "";
        } catch (IOException _) {
            return ""; // the directory's own
        }
    }

    private static boolean isThere(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static String run(List<String> command, String input) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
