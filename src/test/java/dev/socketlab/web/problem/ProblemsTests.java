package dev.socketlab.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.NotOpenException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Problem documents where there is no request. */
class ProblemsTests {
    private static final Errno EADDRINUSE = new Errno(98);

    private static void assertIs(RuntimeException thrown, int status, String type) {
        ProblemDetail problem = Problems.of(thrown, Locale.ENGLISH);
        assertThat(problem.getStatus()).isEqualTo(status);
        assertThat(String.valueOf(problem.getType())).isEqualTo(type);
        assertThat(problem.getTitle()).isNotBlank();
        assertThat(problem.getDetail()).isNotBlank();
    }

    @Test
    void aFailedCallHasItsErrnoAndIsWrittenAsStraceWritesIt() {
        ProblemDetail problem =
                Problems.of(new Call.Listen(3, 5), new Result.Failure(EADDRINUSE), Locale.ENGLISH);
        assertThat(problem.getStatus()).isEqualTo(409);
        assertThat(problem.getDetail()).isEqualTo("listen(3, 5) = -1 EADDRINUSE");
        assertThat(problem.getProperties())
                .isEqualTo(
                        Map.of(
                                "returned",
                                -1,
                                "errno",
                                "EADDRINUSE",
                                "errnoNumber",
                                98,
                                "syscall",
                                "listen"));
    }

    @Test
    void anErrnoThatLinuxHasNoNameForIsANumber() {
        ProblemDetail problem =
                Problems.of(new Call.Close(3), new Result.Failure(new Errno(4711)), Locale.ENGLISH);
        assertThat(problem.getProperties()).containsEntry("errnoNumber", 4711);
        assertThat(problem.getStatus()).isBetween(400, 599);
    }

    @Test
    void aLookUpThatFailsHasItsEaiCodeAndAnErrnoOnlyWhereThatSaysSo() {
        Call call = new Call.Getnameinfo(null, 0);
        ProblemDetail problem =
                Problems.of(
                        call,
                        new Result.AddrinfoFailure(AddrinfoError.EAI_NONAME, null, null),
                        Locale.ENGLISH);
        assertThat(problem.getProperties())
                .containsEntry("eai", "EAI_NONAME")
                .containsEntry("returned", AddrinfoError.EAI_NONAME)
                .doesNotContainKey("errno");
    }

    @Test
    void whatIsThrownHasOneStatusAndType() {
        assertIs(
                new NotFoundException(Reason.of("not-found.session")),
                404,
                "/problems/request/not-found");
        assertIs(new NotOpenException(9), 404, "/problems/errno/EBADF");
        assertIs(
                new LimitException(LimitException.Limit.SESSIONS, 64),
                503,
                "/problems/limit/sessions");
        assertIs(new IllegalStateException("secret"), 500, "/problems/request/internal");
    }

    @Test
    void whatIsMalformedSaysWhere() {
        assertThat(
                        Problems.of(
                                        new InvalidRequestException(
                                                "/addr/port", Reason.of("expected.c-int")),
                                        Locale.ENGLISH)
                                .getProperties())
                .containsEntry("where", "/addr/port");
    }

    @Test
    void aDefectOfTheServicesIsNotToldInItsWords() {
        assertThat(Problems.of(new IllegalStateException("secret"), Locale.ENGLISH).getDetail())
                .doesNotContain("secret");
        assertThat(
                        Problems.of(
                                        new SyscallException("epoll_ctl", new Errno(12)),
                                        Locale.ENGLISH)
                                .getDetail())
                .contains("epoll_ctl");
    }

    @Test
    void whatTheKernelAnswersHasItsTitleInALanguageAndTheSameDetailInEach() {
        Call call = new Call.Listen(3, 5);
        ProblemDetail english = Problems.of(call, new Result.Failure(EADDRINUSE), Locale.ENGLISH);
        ProblemDetail korean = Problems.of(call, new Result.Failure(EADDRINUSE), Locale.KOREAN);
        assertThat(english.getTitle()).isEqualTo("Address already in use");
        assertThat(korean.getTitle()).isEqualTo("이미 사용 중인 주소");
        assertThat(korean.getDetail()).isEqualTo(english.getDetail());
    }

    @Test
    void whatTheServiceRefusesIsWhollyInTheLanguage() {
        LimitException refused = new LimitException(LimitException.Limit.SESSION_WAITS, 64);
        ProblemDetail korean = Problems.of(refused, Locale.KOREAN);
        assertThat(korean.getTitle()).isEqualTo("한도에 이름");
        assertThat(korean.getDetail())
                .isEqualTo("세션에 기다리는 호출이 64개 있으며, 이것이 한도이다(socketlab.session.max-waits).");
        assertThat(refused).hasMessage(Problems.of(refused, Locale.ENGLISH).getDetail());
    }

    @ParameterizedTest
    @MethodSource
    void everyTypeHasATitleInKorean(ProblemType type) {
        assertThat(type.title(Locale.ENGLISH)).isNotBlank();
        assertThat(type.title(Locale.KOREAN)).containsPattern("[가-힣]{2}");
    }

    static Stream<ProblemType> everyTypeHasATitleInKorean() {
        return Stream.of(
                        Errno.all().keySet().stream(),
                        AddrinfoError.NAMES.all().keySet().stream(),
                        Stream.of(PolicyException.Rule.values())
                                .map(rule -> "policy/" + rule.slug()),
                        Stream.of(LimitException.Limit.values())
                                .map(limit -> "limit/" + limit.slug()),
                        Stream.of("request/malformed", "request/not-found", "request/internal"),
                        Stream.of("limit/kernel", "machine/isolated"),
                        Stream.of(HttpStatus.values())
                                .filter(status -> status == HttpStatus.resolve(status.value()))
                                .filter(HttpStatus::isError)
                                .map(status -> ProblemType.of(status).path()))
                .flatMap(paths -> paths)
                .map(ProblemType::parse);
    }

    @Test
    void everyErrnoAndEveryEaiCodeHasATitleOfItsOwnInKorean() {
        Stream<ProblemType> all =
                Stream.concat(
                                Errno.all().keySet().stream(),
                                AddrinfoError.NAMES.all().keySet().stream())
                        .map(ProblemType::parse);
        String unknown = ProblemType.of(new Errno(4711)).title(Locale.KOREAN);
        assertThat(all.map(type -> type.title(Locale.KOREAN))).doesNotContain(unknown);
    }
}
