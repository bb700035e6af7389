package tarn.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// GraphQL queries that the gateway must refuse before it calls a service: malformed, invalid, too
/// deep, too wide or too long.
public final class HostileQueries {

    private HostileQueries() {}

    /// A chain of fragments that each spread the next one twice.
    private static String spreadingTwice(int fragments, String twice, String last) {
        return IntStream.range(0, fragments)
                .mapToObj(i -> "fragment f%d on User { ".formatted(i) + twice.formatted(i + 1, i + 1) + " }")
                .collect(Collectors.joining(
                        " ", "{ me { ...f0 } } ", " fragment f%d on User { id %s }".formatted(fragments, last)));
    }

    /// All queries.
    public static List<String> all() {
        String deep = "{ task(id: \"1\") " + "{ parent ".repeat(40) + "{ id }" + " }".repeat(41);
        String aliases = IntStream.range(0, 31)
                .mapToObj(i -> "a" + i + ": me { id }")
                .collect(Collectors.joining(" ", "{ ", " }"));
        String wide = "{ projects(first: 100) { nodes { tasks(first: 100) { nodes { title } } } } }";
        String doubling = IntStream.range(0, 14)
                .mapToObj(i -> "fragment f%d on Task { parent { ...f%d } project { tasks { nodes { ...f%d } } } }"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(" ", "{ task(id: \"1\") { ...f0 } } ", " fragment f14 on Task { id }"));
        return List.of(
                spreadingTwice(22, "...f%d ...f%d", ""),
                spreadingTwice(22, "... on User { ...f%d } ... { ...f%d }", ""),
                spreadingTwice(22, "...f%d @skip(if: false) ...f%d @include(if: true)", ""),
                spreadingTwice(22, "...f%d ...f%d", "...f0"),
                spreadingTwice(180, "...f%d ...f%d", ""),
                "{ me { id } } fragment f on User { ...g ...g } fragment g on User { ...f ...f }",
                "",
                "{",
                "{ me { id }",
                "{ me { password } }",
                "mutation { dropEverything }",
                "subscription { tasks }",
                deep,
                aliases,
                wide,
                doubling,
                "query { ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
                "{ me { " + "id ".repeat(3_000) + "} }",
                "{ me " + "@skip(if: false) ".repeat(1_000) + "{ id } }",
                "{" + "[".repeat(10_000),
                "{ task(id: " + "[".repeat(5_000) + "]".repeat(5_000) + ") { id } }",
                "{ task(id: {a: {a: {a: 1}}}) { id } }",
                "#" + "x".repeat(30_000) + "\n{ me { id } }",
                " ".repeat(30_000) + "{ me { id } }",
                "mutation { createItem(input: {name: \"x\", quantity: 1e999999999}) { id } }",
                "{ projects(first: null) { nodes { id } } }",
                IntStream.range(0, 11)
                        .mapToObj(i -> "a%d: deleteTask(id: \"%d\") { id }".formatted(i, i))
                        .collect(Collectors.joining(" ", "mutation { ", " }")),
                "{ project(id: \"1\") { tasks(first: 2147483647) { nodes { id } } } }",
                "{ project(id: \"1\") { tasks(first: -1) { nodes { id comments { nodes { id } } } } } }",
                "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }");
    }
}
