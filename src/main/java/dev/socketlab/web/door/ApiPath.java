package dev.socketlab.web.door;

/** Where the API is. */
public final class ApiPath {
    /** The base path of version 1. */
    public static final String V1 = "/api/v1";

    /** The base path of one session. */
    public static final String SESSION = V1 + "/sessions/{sid}";

    private ApiPath() {}
}
