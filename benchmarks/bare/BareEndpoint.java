package bare;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the service is measured against: an endpoint of Spring MVC that takes and gives the JSON of a
 * send, and makes no call. It is started with the service's own application.properties.
 */
@SpringBootApplication
@RestController
public class BareEndpoint {
    public record Send(String data, String encoding, List<String> flags) {}

    public record Returned(long returned) {}

    public static void main(String[] args) {
        SpringApplication.run(BareEndpoint.class, args);
    }

    @PostMapping(
            path = "/api/v1/sessions/{sid}/sockets/{fd}/send",
            consumes = "application/json",
            produces = "application/json")
    public Returned send(
            @PathVariable("sid") String sid, @PathVariable("fd") int fd, @RequestBody Send request) {
        return new Returned(request.data().getBytes(StandardCharsets.UTF_8).length);
    }
}
