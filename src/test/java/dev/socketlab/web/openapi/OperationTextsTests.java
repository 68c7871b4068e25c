package dev.socketlab.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.json.CallReader;
import dev.socketlab.json.value.StrictJson;
import dev.socketlab.web.problem.Explanations;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The texts of the operations, beside those of the errnos. */
class OperationTextsTests {
    /** Operations that make more than the call of their name: these have the errnos of each. */
    private static final Map<String, List<String>> MAKES = Map.of("dup", List.of("dup", "dup2"));

    private Map<String, OperationTexts.Text> operations;

    @BeforeEach
    void read() throws IOException {
        operations = new OperationTexts(StrictJson.mapper()).document().operations();
    }

    /** The C name of the call that an operation is named after. */
    private static String call(String operation) {
        return operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    @Test
    void eachErrnoThatACallCanEndWithIsExplainedAsOneOfThatCall() {
        Explanations explanations = new Explanations();
        operations.forEach((operation, text) -> {
            if (!CallReader.names().contains(call(operation))) {
                return;
            }
            assertThat(text.errors()).as("errors of %s", operation).isNotEmpty();
            for (String error : text.errors()) {
                if (error.matches("E(?!AI_).*")) {
                    String line = "explanations.properties: errno.%s.calls".formatted(error);
                    assertThat(explanations.find("errno", error, Locale.ENGLISH))
                            .hasValueSatisfying(page ->
                                    assertThat(page.calls())
                                            .as(line)
                                            .containsAnyElementsOf(
                                                    MAKES.getOrDefault(
                                                            operation, List.of(call(operation)))));
                }
            }
        });
    }

    @Test
    void eachCallThatCanFailHasAnExampleInStracesNotation() {
        operations.forEach((operation, text) -> {
            boolean hasErrno =
                    text.errors() != null
                            && text.errors().stream().anyMatch(error -> error.startsWith("E"));
            if (CallReader.names().contains(call(operation)) && hasErrno) {
                assertThat(text.strace()).as("strace of %s", operation).startsWith(call(operation));
            }
        });
    }
}
