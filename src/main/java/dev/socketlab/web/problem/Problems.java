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
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.NotOpenException;
import dev.socketlab.trace.Strace;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;

/**
 * Problem documents, RFC 9457: of calls that failed, and of what was thrown. Their types are
 * relative to the service, so that they can be made where there is no request.
 */
public final class Problems {
    private Problems() {}

    /** A call that failed. */
    public static ProblemDetail of(Call call, Result.Failed failed) {
        return switch (failed) {
            case Result.Failure failure -> of(call, failure);
            case Result.AddrinfoFailure failure -> of(call, failure);
        };
    }

    private static ProblemDetail of(Call call, Result.Failure failure) {
        Errno errno = failure.errno();
        ProblemDetail problem =
                ProblemType.of(errno)
                        .document(strace(call, "-1 " + errno.name(), failure.because()));
        problem.setProperty("returned", -1);
        putErrno(problem, errno);
        problem.setProperty("syscall", call.syscall());
        return problem;
    }

    private static ProblemDetail of(Call call, Result.AddrinfoFailure failure) {
        String eai = AddrinfoError.NAMES.text(failure.eai());
        Errno errno = failure.errno();
        ProblemDetail problem =
                ProblemType.ofEai(failure.eai(), errno)
                        .document(strace(call, eai, failure.because()));
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

    /** What was thrown in the place of a result. */
    public static ProblemDetail of(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        return switch (thrown) {
            case InvalidRequestException e -> malformed(e);
            case NoSuchHostException _ -> malformed(new InvalidRequestException("/host", message));
            case RefusedRequestException e -> e.type().document(message);
            case PolicyException e -> ProblemType.ofPolicy(e.rule().slug()).document(message);
            case LimitException e -> ProblemType.of(e.limit()).document(message);
            case NotOpenException e -> notOpen(e);
            case NotFoundException _ -> ProblemType.NOT_FOUND.document(message);
            case MachineException _ -> ProblemType.MACHINE.document(message);
            case SyscallException _ ->
                    ProblemType.KERNEL.document(
                            "The kernel refused the service " + message + "; try again later.");
            case StrayException _ ->
                    ProblemType.KERNEL.document(
                            "The call was not made, as it would have been made on another network"
                                    + " than the session's; try again.");
            default ->
                    ProblemType.INTERNAL.document(
                            "The service has a defect; its log has the particulars.");
        };
    }

    private static ProblemDetail malformed(InvalidRequestException e) {
        ProblemDetail problem = ProblemType.MALFORMED.document(String.valueOf(e.getMessage()));
        problem.setProperty("where", e.where());
        return problem;
    }

    /** No call was made, so it has no syscall. */
    private static ProblemDetail notOpen(NotOpenException e) {
        ProblemDetail problem =
                ProblemType.of(Errno.EBADF).document(String.valueOf(e.getMessage()));
        putErrno(problem, Errno.EBADF);
        return problem;
    }

    private static void putErrno(ProblemDetail problem, Errno errno) {
        problem.setProperty("errno", errno.name());
        problem.setProperty("errnoNumber", errno.number());
    }
}
