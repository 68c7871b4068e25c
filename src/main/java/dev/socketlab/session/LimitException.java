package dev.socketlab.session;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;

/** A limit of a session or of the service is reached; nothing was done. */
public final class LimitException extends Refusal {
    private static final long serialVersionUID = 1L;

    /** Which limit: it names the problem's page. */
    public enum Limit {
        SESSIONS("sessions", true),
        OPEN_FILES("open-files", true),
        SERVICE_WAITS("service-waits", true),
        LOOKUPS("lookups", true),
        STOPPING("stopping", true),
        SESSION_WAITS("session-waits", false),
        ADDRINFO_LISTS("addrinfo-lists", false),
        FILES("files", false),
        FDS_IN_FLIGHT("fds-in-flight", false);

        private final String slug;
        private final boolean service;

        Limit(String slug, boolean service) {
            this.slug = slug;
            this.service = service;
        }

        public String slug() {
            return slug;
        }

        /** Whether it is the whole service's, and not the session's. */
        public boolean isService() {
            return service;
        }
    }

    private final Limit limit;

    /**
     * @param arguments what fills in the text of that limit, such as how many there may be
     */
    public LimitException(Limit limit, Object... arguments) {
        super(Reason.of("limit." + limit.slug(), arguments));
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
