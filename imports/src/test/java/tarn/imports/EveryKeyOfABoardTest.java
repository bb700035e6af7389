package tarn.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each text of a rich board is a marker of its own: all of them are in the plan, or their key is named
/// in the report.
final class EveryKeyOfABoardTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<String>> keysOfMarkers = new LinkedHashMap<>();
    private final List<List<String>> otherKeys = new ArrayList<>();

    @Test
    void everyTextIsInThePlanOrItsKeyInTheReport() throws IOException {
        JsonNode board = JSON.readTree(Exports.file("rich-board.json"));
        mark(board, List.of());

        ImportPlan plan = Exports.read(board.toString());

        String lines = String.join(
                "\n",
                plan.lines().stream()
                        .map(line -> line.path() + " " + line.detail())
                        .toList());
        String items = plan.items().stream()
                .map(item -> item + item.title() + item.description())
                .collect(Collectors.joining());
        String taken = plan.projectName() + plan.description() + plan.sections() + plan.labels() + items;
        List<String> lost = new ArrayList<>();
        keysOfMarkers.forEach((marker, keys) -> {
            if (!taken.contains(marker)
                    && !lines.contains(marker)
                    && keys.stream().noneMatch(key -> named(lines, key))) {
                lost.add(String.join("/", keys));
            }
        });
        assertThat(keysOfMarkers).hasSizeGreaterThan(130);
        assertThat(lost).as(lines).isEmpty();
        assertThat(otherKeys.stream().filter(keys -> keys.stream().noneMatch(key -> named(lines, key))))
                .as(lines)
                .isEmpty();
        assertThat(taken + lines).doesNotContain("secret");
    }

    /// Lists, cards and the like are named in every path; only what is below them counts.
    private static boolean named(String lines, String key) {
        return !List.of(
                                "lists",
                                "cards",
                                "members",
                                "labels",
                                "checklists",
                                "customFields",
                                "checkItems",
                                "attachments")
                        .contains(key)
                && lines.matches("(?s).*\\b" + key + "\\b.*");
    }

    /// Replaces every text `m`, and gathers flags and numbers that people set.
    private void mark(JsonNode node, List<String> keys) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                List<String> inner = new ArrayList<>(keys);
                inner.add(field.getKey());
                if (field.getValue().asText().equals("m")) {
                    field.setValue(marker(inner));
                } else if (List.of("starred", "pinned", "subscribed", "softLimit", "estimate")
                        .contains(field.getKey())) {
                    otherKeys.add(List.of(field.getKey()));
                }
                mark(field.getValue(), inner);
            }
        } else if (node.isArray()) {
            for (int at = 0; at < node.size(); at++) {
                if (node.get(at).asText().equals("m")) {
                    ((com.fasterxml.jackson.databind.node.ArrayNode) node).set(at, marker(keys));
                }
                mark(node.get(at), keys);
            }
        }
    }

    private TextNode marker(List<String> keys) {
        String marker = "mark" + (1000 + keysOfMarkers.size()) + "er";
        keysOfMarkers.put(marker, keys);
        return new TextNode(marker);
    }
}
