package dev.socketlab.policy;

import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.refusal.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which names a session's UNIX sockets may have and reach, unix(7): paths in the session's own
 * directory, and abstract names in a namespace of its own.
 */
public final class NamePolicy {
    private NamePolicy() {}

    /**
     * Judges a path name, before it is looked up.
     *
     * @param pathname its bytes
     * @throws PolicyException when it is absolute or has .. in it
     */
    public static void judgePath(byte[] pathname) {
        String path = new String(pathname, StandardCharsets.ISO_8859_1);
        if (path.startsWith("/") || Arrays.asList(path.split("/")).contains("..")) {
            throw new PolicyException(Rule.PATH, Reason.of("policy.path"));
        }
    }

    /** What a path is refused with that was found to lead out of the directory. */
    public static PolicyException leadsOut() {
        return new PolicyException(Rule.PATH, Reason.of("policy.path-leads-out"));
    }

    /**
     * Judges an abstract name, or a bind without a name, which makes one.
     *
     * @param own whether the socket is in a namespace of the session's own
     * @throws PolicyException when it is not
     */
    public static void judgeAbstract(boolean own) {
        if (!own) {
            throw new PolicyException(Rule.PATH, Reason.of("policy.abstract"));
        }
    }

    /** Judges SO_PASSCRED, which gives a socket that sends an abstract name; as those. */
    public static void judgeAutobind(boolean own) {
        if (!own) {
            throw new PolicyException(Rule.OPTION, Reason.of("policy.autobind"));
        }
    }
}
