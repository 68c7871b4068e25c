package dev.socketlab.web.problem;

import dev.socketlab.refusal.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** What Tomcat says of a request that it refuses itself, as a problem document. */
public final class ProblemValve extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus known = HttpStatus.resolve(status);
        Locale language = AnswerLanguage.of(request);
        String title =
                ProblemType.of(known == null ? HttpStatus.BAD_REQUEST : known).title(language);
        String slug = known == null ? "refused" : "http-" + status;
        String body =
                "{\"type\":\"%srequest/%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(
                                ProblemType.PAGES,
                                slug,
                                title,
                                status,
                                Reason.of("http.unreadable").in(language));
        try {
            AnswerLanguage.tell(response, language);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException _) {
            // the client has gone; there is nobody to tell
        }
    }
}
