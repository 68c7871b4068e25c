package dev.socketlab.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.NotOpenException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.ProblemDetail;

/** Problem documents where there is no request. */
class ProblemsTests {
    private static final Errno EADDRINUSE = new Errno(98);

    private static void assertIs(RuntimeException thrown, int status, String type) {
        ProblemDetail problem = Problems.of(thrown);
        assertThat(problem.getStatus()).isEqualTo(status);
        assertThat(String.valueOf(problem.getType())).isEqualTo(type);
        assertThat(problem.getTitle()).isNotBlank();
        assertThat(problem.getDetail()).isNotBlank();
    }

    @Test
    void aFailedCallHasItsErrnoAndIsWrittenAsStraceWritesIt() {
        ProblemDetail problem = Problems.of(new Call.Listen(3, 5), new Result.Failure(EADDRINUSE));
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
        ProblemDetail problem = Problems.of(new Call.Close(3), new Result.Failure(new Errno(4711)));
        assertThat(problem.getProperties()).containsEntry("errnoNumber", 4711);
        assertThat(problem.getStatus()).isBetween(400, 599);
    }

    @Test
    void aLookUpThatFailsHasItsEaiCodeAndAnErrnoOnlyWhereThatSaysSo() {
        Call call = new Call.Getnameinfo(null, 0);
        ProblemDetail problem =
                Problems.of(call, new Result.AddrinfoFailure(AddrinfoError.EAI_NONAME, null, null));
        assertThat(problem.getProperties())
                .containsEntry("eai", "EAI_NONAME")
                .containsEntry("returned", AddrinfoError.EAI_NONAME)
                .doesNotContainKey("errno");
    }

    @Test
    void whatIsThrownHasOneStatusAndType() {
        assertIs(
                new NotFoundException("There is no session x."),
                404,
                "/problems/request/not-found");
        assertIs(new NotOpenException(9), 404, "/problems/errno/EBADF");
        assertIs(
                new LimitException(LimitException.Limit.SESSIONS, "All are in use."),
                503,
                "/problems/limit/sessions");
        assertIs(new IllegalStateException("secret"), 500, "/problems/request/internal");
    }

    @Test
    void whatIsMalformedSaysWhere() {
        assertThat(
                        Problems.of(new InvalidRequestException("/addr/port", "no port"))
                                .getProperties())
                .containsEntry("where", "/addr/port");
    }

    @Test
    void aDefectOfTheServicesIsNotToldInItsWords() {
        assertThat(Problems.of(new IllegalStateException("secret")).getDetail())
                .doesNotContain("secret");
        assertThat(Problems.of(new SyscallException("epoll_ctl", new Errno(12))).getDetail())
                .contains("epoll_ctl");
    }
}
