package dev.socketlab.web.openapi;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.web.problem.Explanations;
import dev.socketlab.web.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        ProblemType type = ProblemType.parse(error);
        return switch (type.kind()) {
            case "errno" -> errno(type, error, strace);
            case "eai" -> eai(type, error, strace);
            default -> other(type);
        };
    }

    private static Map<String, Object> errno(
            ProblemType type, String name, @Nullable String strace) {
        Map<String, Object> problem =
                problem(type, (strace == null ? "…" : strace) + " = -1 " + name);
        problem.put("returned", -1);
        problem.put("errno", name);
        problem.put("errnoNumber", Errno.all().get(name));
        putSyscall(problem, strace);
        return problem;
    }

    private static Map<String, Object> eai(ProblemType type, String name, @Nullable String strace) {
        Map<String, Object> problem = problem(type, strace + " = " + name);
        problem.put("returned", AddrinfoError.NAMES.value(name).orElseThrow());
        problem.put("eai", name);
        putSyscall(problem, strace);
        return problem;
    }

    private Map<String, Object> other(ProblemType type) {
        return problem(
                type,
                explanations
                        .find(type.kind(), type.name(), Locale.ENGLISH)
                        .orElseThrow()
                        .meaning());
    }

    private static Map<String, Object> problem(ProblemType type, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", SERVICE + type.uri());
        problem.put("title", type.title());
        problem.put("status", type.status().value());
        problem.put("detail", detail);
        return problem;
    }

    private static void putSyscall(Map<String, Object> problem, @Nullable String strace) {
        if (strace != null) {
            problem.put("syscall", strace.substring(0, strace.indexOf('(')));
        }
    }
}
