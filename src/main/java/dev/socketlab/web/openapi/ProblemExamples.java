package dev.socketlab.web.openapi;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Strerror;
import dev.socketlab.session.LimitException;
import dev.socketlab.web.problem.Explanations;
import dev.socketlab.web.problem.Problems;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Problem documents as calls end with them, for the OpenAPI document. */
final class ProblemExamples {
    private static final String SERVICE = "http://127.0.0.1:8080";

    private final Explanations explanations;

    ProblemExamples(Explanations explanations) {
        this.explanations = explanations;
    }

    /**
     * The document of a failure.
     *
     * @param error an errno, an EAI code, or what follows /problems/ in the type
     * @param strace the call in strace's notation, where it is the call that failed
     */
    Map<String, Object> of(String error, @Nullable String strace) {
        Integer errno = Errno.all().get(error);
        if (errno != null) {
            return errno(new Errno(errno), strace);
        }
        return AddrinfoError.NAMES.value(error).isPresent() ? eai(error, strace) : other(error);
    }

    private static Map<String, Object> errno(Errno errno, @Nullable String strace) {
        Map<String, Object> problem =
                problem(
                        "errno/" + errno.name(),
                        Strerror.of(errno),
                        Problems.status(errno),
                        (strace == null ? "…" : strace) + " = -1 " + errno.name());
        problem.put("returned", -1);
        problem.put("errno", errno.name());
        problem.put("errnoNumber", errno.number());
        putSyscall(problem, strace);
        return problem;
    }

    private static Map<String, Object> eai(String name, @Nullable String strace) {
        int eai = AddrinfoError.NAMES.value(name).orElseThrow();
        HttpStatus status = Problems.eaiStatus(eai);
        Map<String, Object> problem =
                problem("eai/" + name, Netdb.text(eai), status, strace + " = " + name);
        problem.put("returned", eai);
        problem.put("eai", name);
        putSyscall(problem, strace);
        return problem;
    }

    private Map<String, Object> other(String type) {
        String kind = type.substring(0, type.indexOf('/'));
        String name = type.substring(kind.length() + 1);
        String meaning = explanations.find(kind, name, Locale.ENGLISH).orElseThrow().meaning();
        return switch (kind) {
            case "policy" -> problem(type, "Refused by policy", HttpStatus.FORBIDDEN, meaning);
            case "limit" -> problem(type, "Limit reached", limit(name), meaning);
            case "machine" ->
                    problem(
                            type,
                            "Not possible on this machine",
                            HttpStatus.NOT_IMPLEMENTED,
                            meaning);
            default -> {
                HttpStatus status = request(name);
                String title =
                        switch (name) {
                            case "malformed" -> "Malformed request";
                            case "not-found" -> "Not found";
                            case "content-too-large" -> "Request too large";
                            default -> status.getReasonPhrase();
                        };
                yield problem(type, title, status, meaning);
            }
        };
    }

    private static HttpStatus limit(String name) {
        return Stream.of(LimitException.Limit.values())
                .filter(limit -> limit.slug().equals(name))
                .map(Problems::status)
                .findFirst()
                .orElseThrow();
    }

    private static HttpStatus request(String name) {
        return name.equals("malformed")
                ? HttpStatus.BAD_REQUEST
                : HttpStatus.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Map<String, Object> problem(
            String type, String title, HttpStatus status, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", SERVICE + Problems.PATH + type);
        problem.put("title", title);
        problem.put("status", status.value());
        problem.put("detail", detail);
        return problem;
    }

    private static void putSyscall(Map<String, Object> problem, @Nullable String strace) {
        if (strace != null) {
            problem.put("syscall", strace.substring(0, strace.indexOf('(')));
        }
    }
}
