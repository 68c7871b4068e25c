package dev.socketlab.web.problem;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Strerror;
import dev.socketlab.session.LimitException.Limit;
import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * A type of problems: the one place where a failure gets its status and its title. The path tells
 * who said no: the kernel, the resolver, the policy, a limit, the request or the machine.
 *
 * @param path what follows {@link #PAGES} in its URL: {@code errno/EADDRINUSE}
 */
public record ProblemType(String path, HttpStatus status, String title) {
    /** Where the types' pages are. */
    public static final String PAGES = "/problems/";

    public static final ProblemType MALFORMED =
            new ProblemType("request/malformed", HttpStatus.BAD_REQUEST, "Malformed request");
    public static final ProblemType NOT_FOUND =
            new ProblemType("request/not-found", HttpStatus.NOT_FOUND, "Not found");
    public static final ProblemType CONTENT_TOO_LARGE =
            new ProblemType(
                    "request/content-too-large", HttpStatus.CONTENT_TOO_LARGE, "Request too large");
    public static final ProblemType REQUEST_TIMEOUT =
            new ProblemType(
                    "request/request-timeout", HttpStatus.REQUEST_TIMEOUT, "Request too slow");
    public static final ProblemType MACHINE =
            new ProblemType(
                    "machine/isolated", HttpStatus.NOT_IMPLEMENTED, "Not possible on this machine");

    /** The kernel refused the service itself something. */
    static final ProblemType KERNEL =
            new ProblemType(
                    "limit/kernel",
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The service is out of something");

    static final ProblemType INTERNAL =
            new ProblemType("request/internal", HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

    private static final Map<String, ProblemType> NAMED =
            Stream.of(
                            MALFORMED,
                            NOT_FOUND,
                            CONTENT_TOO_LARGE,
                            REQUEST_TIMEOUT,
                            MACHINE,
                            KERNEL,
                            INTERNAL)
                    .collect(Collectors.toUnmodifiableMap(ProblemType::path, type -> type));

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

    private static Stream<Map.Entry<String, HttpStatus>> row(HttpStatus status, String names) {
        return Stream.of(names.split(" ")).map(name -> Map.entry(name, status));
    }

    /**
     * The type of a failure with an errno, its status by the contract's table; what is not named
     * there is 422.
     */
    static ProblemType of(Errno errno) {
        return new ProblemType("errno/" + errno.name(), status(errno), Strerror.of(errno));
    }

    /** Those that a failure with an errno may have, whichever it is. */
    public static Set<HttpStatus> ofErrnos() {
        Set<HttpStatus> statuses = EnumSet.copyOf(BY_ERRNO.values());
        statuses.add(HttpStatus.UNPROCESSABLE_CONTENT);
        return statuses;
    }

    private static HttpStatus status(Errno errno) {
        return BY_ERRNO.getOrDefault(errno.name(), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /**
     * The type of a look-up that failed with an EAI code; with an errno beside it, the status is
     * the errno's.
     */
    static ProblemType ofEai(int eai, @Nullable Errno errno) {
        HttpStatus own =
                eai == AddrinfoError.EAI_AGAIN
                        ? HttpStatus.FAILED_DEPENDENCY
                        : HttpStatus.UNPROCESSABLE_CONTENT;
        return new ProblemType(
                "eai/" + AddrinfoError.NAMES.text(eai),
                errno == null ? own : status(errno),
                Netdb.text(eai));
    }

    /** The type of a refusal at a limit: the service's own, or the session's. */
    static ProblemType of(Limit limit) {
        return new ProblemType(
                "limit/" + limit.slug(),
                limit.isService() ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.TOO_MANY_REQUESTS,
                "Limit reached");
    }

    /** The type of a refusal by a rule of the policy. */
    static ProblemType ofPolicy(String slug) {
        return new ProblemType("policy/" + slug, HttpStatus.FORBIDDEN, "Refused by policy");
    }

    /** The type of a refusal that a status of HTTP says: {@code request/not-acceptable}. */
    public static ProblemType of(HttpStatus status) {
        String path = "request/" + status.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return NAMED.getOrDefault(path, new ProblemType(path, status, status.getReasonPhrase()));
    }

    /** The type with such a path; an errno and an EAI code may stand for themselves. */
    public static ProblemType parse(String path) {
        Integer errno = Errno.all().get(path);
        if (errno != null) {
            return of(new Errno(errno));
        }
        if (AddrinfoError.NAMES.value(path).isPresent()) {
            return ofEai(AddrinfoError.NAMES.value(path).getAsInt(), null);
        }
        ProblemType named = NAMED.get(path);
        if (named != null) {
            return named;
        }
        String name = path.substring(path.indexOf('/') + 1);
        return switch (path.substring(0, path.indexOf('/'))) {
            case "policy" -> ofPolicy(name);
            case "limit" ->
                    Stream.of(Limit.values())
                            .filter(limit -> limit.slug().equals(name))
                            .map(ProblemType::of)
                            .findFirst()
                            .orElseThrow();
            default -> of(HttpStatus.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        };
    }

    /** Who says no, the first part of its path: {@code errno}. */
    public String kind() {
        return path.substring(0, path.indexOf('/'));
    }

    /** What it is called there, the rest of its path: {@code EBADF}. */
    public String name() {
        return path.substring(path.indexOf('/') + 1);
    }

    /** Its URL, relative to the service. */
    public URI uri() {
        return URI.create(PAGES + path);
    }

    /**
     * Its title in a language; in English it is the C library's own, as {@code strerror} and {@code
     * gai_strerror} have it, where there is one.
     */
    public String title(Locale language) {
        return language.equals(Locale.ENGLISH) ? title : Explanations.title(this, language);
    }

    /** A document of this type. */
    ProblemDetail document(String detail, Locale language) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(uri());
        problem.setTitle(title(language));
        return problem;
    }
}
