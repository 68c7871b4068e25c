package dev.socketlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of settings against the metadata that the build makes of them. */
class ConfigurationPageTests {
    @Test
    void everySettingStandsInThePageWithItsDefault() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        List<JsonNode> properties;
        try (InputStream in =
                getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            properties =
                    new JsonMapper()
                            .readTree(in)
                            .get("properties")
                            .valueStream()
                            .filter(one -> one.get("name").asString().startsWith("socketlab."))
                            .toList();
        }
        assertThat(properties).hasSizeGreaterThan(10);
        for (JsonNode property : properties) {
            String name = property.get("name").stringValue();
            JsonNode value = property.path("defaultValue");
            String shown =
                    value.isMissingNode() || value.isArray()
                            ? "none"
                            : "`" + value.asString() + "`";
            assertThat(page).contains("| `" + name + "` | " + shown + " |");
        }
        long listed = page.lines().filter(line -> line.startsWith("| `socketlab.")).count();
        assertThat(listed).isEqualTo(properties.size());
    }
}
