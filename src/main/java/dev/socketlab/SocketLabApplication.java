package dev.socketlab;

import dev.socketlab.linux.Platform;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Socket Lab: the Berkeley sockets API as a web API, over real kernel sockets. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SocketLabApplication {
    /** EX_UNAVAILABLE, sysexits(3). */
    private static final int UNAVAILABLE = 69;

    public static void main(String[] args) {
        Optional<String> unsupported =
                Platform.unsupported(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (unsupported.isPresent()) {
            System.err.println(unsupported.get());
            System.exit(UNAVAILABLE);
        }
        SpringApplication.run(SocketLabApplication.class, args);
    }
}
