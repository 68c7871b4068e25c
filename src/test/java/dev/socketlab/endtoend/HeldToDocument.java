package dev.socketlab.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test in which something was answered, or accepted, otherwise than the OpenAPI document
 * says; in whatever thread, and whatever the test itself asked of it. It is there for every test.
 */
public final class HeldToDocument implements AfterEachCallback, AfterAllCallback {
    private static final ApiDocument DOCUMENT = ApiDocument.checkedIn();
    private static final Queue<String> FAULTS = new ConcurrentLinkedQueue<>();

    /**
     * Holds an exchange to the document, unless that is being renewed; its test fails when it ends.
     */
    static void hold(Exchange exchange) {
        if (Boolean.getBoolean("openapi.renew")) {
            return;
        }
        FAULTS.addAll(Held.faults(DOCUMENT, exchange));
    }

    /** What was found since it was asked the last time. */
    static List<String> takeFaults() {
        List<String> taken = new ArrayList<>();
        for (String fault = FAULTS.poll(); fault != null; fault = FAULTS.poll()) {
            taken.add(fault);
        }
        return taken;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    private static void check() {
        List<String> faults = takeFaults();
        if (!faults.isEmpty()) {
            throw new AssertionError(
                    "against the OpenAPI document:\n"
                            + String.join("\n", faults.stream().distinct().toList()));
        }
    }
}
