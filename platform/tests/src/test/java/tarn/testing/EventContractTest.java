package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EventContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Repository.here().root().resolve("contracts/events/v1/examples");

    static Set<String> types() {
        return EventLog.contractTypes(Set.of(
                "project",
                "member",
                "section",
                "label",
                "task",
                "item",
                "post",
                "user",
                "session",
                "token",
                "registration",
                "invitation"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void eachTypeHasAGoldenFileThatFollowsItsSchemaAndSaysNoMoreAndNoLess(String type) throws Exception {
        JsonNode golden = JSON.readTree(EXAMPLES.resolve(type + ".json").toFile());
        ObjectNode more = golden.deepCopy();
        more.put("surplus", "Secret");

        assertThat(breaches(type, golden)).isEmpty();
        assertThat(breaches(type, more)).isNotEmpty();
        golden.fieldNames().forEachRemaining(name -> {
            ObjectNode less = golden.deepCopy();
            less.remove(name);
            ObjectNode wrong = golden.deepCopy();
            wrong.putObject(name).put("text", "Secret");
            boolean mayBeAbsent =
                    Set.of("newAssignees", "newMentions", "importedFrom").contains(name);
            assertThat(breaches(type, less).isEmpty()).as(name).isEqualTo(mayBeAbsent);
            assertThat(breaches(type, wrong)).as(name).isNotEmpty();
        });
    }

    @Test
    void noGoldenFileIsLeftOfATypeThatIsNoMore() throws Exception {
        try (var files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("\\.json$", "")))
                    .containsExactlyInAnyOrderElementsOf(types());
        }
    }

    private static List<String> breaches(String type, JsonNode payload) {
        return new EventLog("any", List.of(new EventLog.Told(type, "", payload))).breaches();
    }
}
