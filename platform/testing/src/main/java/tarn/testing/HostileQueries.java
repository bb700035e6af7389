package tarn.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Queries of the graph that are malformed, wrong, or far too much: too deep, too wide, too long.
public final class HostileQueries {

    private HostileQueries() {}

    /// Each is refused before anybody is asked for anything.
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
                "mutation { addItem(input: {name: \"x\", quantity: 1e999999999}) { id } }",
                "{ projects(first: null) { nodes { id } } }",
                "{ projects(first: 50) { nodes { tasks(first: 1, after: \"OTkg\") { nodes { id } } } } }",
                IntStream.range(0, 11)
                        .mapToObj(i -> "a%d: removeTask(id: \"%d\") { id }".formatted(i, i))
                        .collect(Collectors.joining(" ", "mutation { ", " }")),
                "{ project(id: \"1\") { tasks(first: 2147483647) { nodes { id } } } }",
                "{ project(id: \"1\") { tasks(first: -1) { nodes { id comments { nodes { id } } } } } }",
                "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }");
    }
}
