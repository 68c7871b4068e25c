package dev.socketlab.web.door;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Reads the query as UTF-8 where the server takes any bytes in a path. Tomcat has one charset for
 * both, and refuses what is not in it.
 */
public final class QueryValve extends ValveBase {
    public QueryValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.getCoyoteRequest().getParameters().setQueryStringCharset(StandardCharsets.UTF_8);
        getNext().invoke(request, response);
    }
}
