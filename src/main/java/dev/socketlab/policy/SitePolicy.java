package dev.socketlab.policy;

import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.refusal.Reason;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may send requests: the service's own. A browser tells by Sec-Fetch-Site (Fetch
 * Metadata), an older one by Origin (RFC 6454); a program sends neither. There is no CORS.
 */
public final class SitePolicy {
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private SitePolicy() {}

    /**
     * Judges a request by its headers, each null where there is none.
     *
     * @throws PolicyException when a page of another site has sent it
     */
    public static void judge(
            @Nullable String secFetchSite, @Nullable String origin, @Nullable String host) {
        if (secFetchSite != null) {
            if (!OWN.contains(secFetchSite)) {
                throw refusal("Sec-Fetch-Site", secFetchSite);
            }
        } else if (origin != null && !isOwn(origin, String.valueOf(host))) {
            throw refusal("Origin", origin);
        }
    }

    private static boolean isOwn(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String own = host.toLowerCase(Locale.ROOT);
        return lower.equals("http://" + own) || lower.equals("https://" + own);
    }

    private static PolicyException refusal(String header, String value) {
        return new PolicyException(
                Rule.CROSS_SITE, Reason.of("policy.cross-site", header, printable(value)));
    }

    private static String printable(String value) {
        String shown = value.length() > 128 ? value.substring(0, 128) + "…" : value;
        return shown.replaceAll("[^ -~…]", "?");
    }
}
