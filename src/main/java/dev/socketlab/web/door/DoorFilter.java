package dev.socketlab.web.door;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter at the door, for requests as they come from outside and not as the server dispatches
 * them again; Spring's OncePerRequestFilter would mark every request for each filter that it went
 * through.
 */
abstract class DoorFilter implements Filter {
    @Override
    public final void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
    }

    abstract void filter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException;
}
