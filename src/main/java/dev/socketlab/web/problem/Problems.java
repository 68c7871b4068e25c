package dev.socketlab.web.problem;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Strerror;
import dev.socketlab.session.LimitException;
import dev.socketlab.trace.Strace;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * Problem documents, RFC 9457: the one place where a failure gets its status, its type and its
 * words. The type tells who said no: the kernel, the resolver, the policy, a limit, the request or
 * the machine.
 */
public final class Problems {
    /** Where the types' pages are. */
    public static final String PATH = "/problems/";

    private static final Map<String, HttpStatus> BY_ERRNO =
            Stream.of(
                            row(HttpStatus.FORBIDDEN, "EACCES EPERM"),
                            row(HttpStatus.NOT_FOUND, "EBADF"),
                            row(
                                    HttpStatus.CONFLICT,
                                    "EAGAIN EINPROGRESS EALREADY EADDRINUSE EADDRNOTAVAIL EISCONN"
                                            + " ENOTCONN EPIPE EEXIST ENOENT EINTR"),
                            row(HttpStatus.CONTENT_TOO_LARGE, "EMSGSIZE"),
                            row(
                                    HttpStatus.FAILED_DEPENDENCY,
                                    "ECONNREFUSED ECONNRESET ECONNABORTED ETIMEDOUT ENETUNREACH"
                                            + " EHOSTUNREACH"),
                            row(HttpStatus.TOO_MANY_REQUESTS, "EMFILE ENOBUFS ENOMEM"),
                            row(HttpStatus.SERVICE_UNAVAILABLE, "ENFILE"))
                    .flatMap(rows -> rows)
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Problems() {}

    private static Stream<Map.Entry<String, HttpStatus>> row(HttpStatus status, String names) {
        return Stream.of(names.split(" ")).map(name -> Map.entry(name, status));
    }

    /** The status of an errno, by the contract's table; what is not named there is 422. */
    public static HttpStatus status(Errno errno) {
        return BY_ERRNO.getOrDefault(errno.name(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /** The status of an EAI code that comes without an errno. */
    public static HttpStatus eaiStatus(int eai) {
        return eai == AddrinfoError.EAI_AGAIN
                ? HttpStatus.FAILED_DEPENDENCY
                : HttpStatus.UNPROCESSABLE_CONTENT;
    }

    /** The status of a limit: the service's own, or the session's. */
    public static HttpStatus status(LimitException.Limit limit) {
        return limit.isService() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.TOO_MANY_REQUESTS;
    }

    /** A call that the kernel refused. */
    public static ProblemDetail of(Call call, Result.Failure failure) {
        Errno errno = failure.errno();
        ProblemDetail problem =
                of(
                        status(errno),
                        "errno/" + errno.name(),
                        Strerror.of(errno),
                        strace(call, "-1 " + errno.name(), failure.because()));
        problem.setProperty("returned", -1);
        putErrno(problem, errno);
        problem.setProperty("syscall", call.syscall());
        return problem;
    }

    /** An fd that is not open, where no call was made. */
    public static ProblemDetail notOpen(int fd) {
        Errno errno = Errno.EBADF;
        ProblemDetail problem =
                of(
                        status(errno),
                        "errno/" + errno.name(),
                        Strerror.of(errno),
                        "The session has no open file descriptor " + fd + ".");
        putErrno(problem, errno);
        return problem;
    }

    /** A name or address that the resolver did not find. */
    public static ProblemDetail of(Call call, Result.AddrinfoFailure failure) {
        String eai = AddrinfoError.NAMES.text(failure.eai());
        Errno errno = failure.errno();
        HttpStatus status = errno != null ? status(errno) : eaiStatus(failure.eai());
        ProblemDetail problem =
                of(
                        status,
                        "eai/" + eai,
                        Netdb.text(failure.eai()),
                        strace(call, eai, failure.because()));
        problem.setProperty("returned", failure.eai());
        problem.setProperty("eai", eai);
        problem.setProperty("syscall", call.syscall());
        if (errno != null) {
            putErrno(problem, errno);
        }
        return problem;
    }

    /**
     * Any problem.
     *
     * @param type what follows {@link #PATH} in its type
     */
    public static ProblemDetail of(HttpStatus status, String type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(PATH + type));
        problem.setTitle(title);
        return problem;
    }

    /** A request that the contract does not have. */
    public static ProblemDetail malformed(String detail) {
        return of(HttpStatus.BAD_REQUEST, "request/malformed", "Malformed request", detail);
    }

    private static void putErrno(ProblemDetail problem, Errno errno) {
        problem.setProperty("errno", errno.name());
        problem.setProperty("errnoNumber", errno.number());
    }

    private static String strace(Call call, String returned, @Nullable String because) {
        return Strace.of(call) + " = " + returned + (because == null ? "" : " (" + because + ")");
    }
}
