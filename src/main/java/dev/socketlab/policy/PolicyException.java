package dev.socketlab.policy;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;

/** The service's policy refuses; the kernel was not asked. */
public final class PolicyException extends Refusal {
    private static final long serialVersionUID = 1L;

    /** Which rule refused: it names the problem's page. */
    public enum Rule {
        /** The address is outside what sessions may use. */
        EGRESS("egress"),
        /** The address is one that the service itself listens on. */
        OWN_PORT("own-port"),
        /** The kind of socket is not one that sessions may make. */
        SOCKET("socket"),
        /** The control message is not one that sessions may send. */
        CONTROL_MESSAGE("control-message"),
        /** The option is not one that sessions may use. */
        OPTION("option"),
        /** The path leads out of the session's own directory. */
        PATH("path"),
        /** A page of another site sent the request. */
        CROSS_SITE("cross-site");

        private final String slug;

        Rule(String slug) {
            this.slug = slug;
        }

        public String slug() {
            return slug;
        }
    }

    private final Rule rule;

    public PolicyException(Rule rule, Reason reason) {
        super(reason);
        this.rule = rule;
    }

    public Rule rule() {
        return rule;
    }
}
