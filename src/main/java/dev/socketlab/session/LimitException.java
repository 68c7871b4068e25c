package dev.socketlab.session;

/** A limit of a session or of the service is reached; nothing was done. */
public final class LimitException extends RuntimeException {
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
        FILES("files", false);

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

    public LimitException(Limit limit, String message) {
        super(message);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }
}
