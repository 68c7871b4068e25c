package dev.socketlab.web.problem;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.network.NoSuchHostException;
import dev.socketlab.place.StrayException;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.NotOpenException;
import dev.socketlab.trace.Strace;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * Problem documents, RFC 9457: of calls that failed, and of what was thrown. Their types are
 * relative to the service, so that they can be made where there is no request.
 */
public final class Problems {
    private Problems() {}

    /** A call that failed: its title in a language, its detail in strace's notation. */
    public static ProblemDetail of(Call call, Result.Failed failed, Locale language) {
        return switch (failed) {
            case Result.Failure failure -> of(call, failure, language);
            case Result.AddrinfoFailure failure -> of(call, failure, language);
        };
    }

    private static ProblemDetail of(Call call, Result.Failure failure, Locale language) {
        Errno errno = failure.errno();
        ProblemDetail problem =
                ProblemType.of(errno)
                        .document(strace(call, "-1 " + errno.name(), failure.because()), language);
        problem.setProperty("returned", -1);
        putErrno(problem, errno);
        problem.setProperty("syscall", call.syscall());
        return problem;
    }

    private static ProblemDetail of(Call call, Result.AddrinfoFailure failure, Locale language) {
        String eai = AddrinfoError.NAMES.text(failure.eai());
        Errno errno = failure.errno();
        ProblemDetail problem =
                ProblemType.ofEai(failure.eai(), errno)
                        .document(strace(call, eai, failure.because()), language);
        problem.setProperty("returned", failure.eai());
        problem.setProperty("eai", eai);
        problem.setProperty("syscall", call.syscall());
        if (errno != null) {
            putErrno(problem, errno);
        }
        return problem;
    }

    private static String strace(Call call, String returned, @Nullable String because) {
        return Strace.of(call) + " = " + returned + (because == null ? "" : " (" + because + ")");
    }

    /** What was thrown in the place of a result, in a language. */
    public static ProblemDetail of(RuntimeException thrown, Locale language) {
        if (thrown instanceof NoSuchHostException e) {
            return of(new InvalidRequestException("/host", e.reason()), language);
        }
        ProblemDetail problem = type(thrown).document(detail(thrown, language), language);
        switch (thrown) {
            case InvalidRequestException e -> problem.setProperty("where", e.where());
            case NotOpenException _ -> putErrno(problem, Errno.EBADF); // no call was made
            default -> {}
        }
        return problem;
    }

    private static ProblemType type(RuntimeException thrown) {
        return switch (thrown) {
            case InvalidRequestException _ -> ProblemType.MALFORMED;
            case RefusedRequestException e -> e.type();
            case PolicyException e -> ProblemType.ofPolicy(e.rule().slug());
            case LimitException e -> ProblemType.of(e.limit());
            case NotOpenException _ -> ProblemType.of(Errno.EBADF);
            case NotFoundException _ -> ProblemType.NOT_FOUND;
            case MachineException _ -> ProblemType.MACHINE;
            case SyscallException _, StrayException _ -> ProblemType.KERNEL;
            default -> ProblemType.INTERNAL;
        };
    }

    private static String detail(RuntimeException thrown, Locale language) {
        return switch (thrown) {
            case Refusal refusal -> refusal.in(language);
            case SyscallException e ->
                    Reason.of("service.kernel", String.valueOf(e.getMessage())).in(language);
            case StrayException _ -> Reason.of("service.stray").in(language);
            default -> Reason.of("service.defect").in(language);
        };
    }

    private static void putErrno(ProblemDetail problem, Errno errno) {
        problem.setProperty("errno", errno.name());
        problem.setProperty("errnoNumber", errno.number());
    }
}
