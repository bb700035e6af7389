package tarn.journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/// Ways to take all memory or time of a Tarn.
final class Attacks {

    /// One way.
    ///
    /// @param worst whether every run of the tests tries it; the others are for long runs
    record Attack(String name, boolean worst, Consumer<Attacker> action) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final int MB = 1024 * 1024;
    private static final int FILE = 25 * MB - 1;
    private static final String JSON = "Content-Type: application/json\r\n";

    private Attacks() {}

    static List<Attack> all() {
        return List.of(
                // Queries
                worst("fragments that double", a -> a.graphql(doubling(22))),
                rare("fragments that double 60 times", a -> a.graphql(doubling(60))),
                rare("fragments in a circle", a -> a.graphql("{ me { ...f } } fragment f on User { id ...f }")),
                rare(
                        "inline fragments, deep",
                        a -> a.graphql(
                                "{ me " + "{ ... on User ".repeat(4_000) + "{ id }" + " }".repeat(4_000) + " }")),
                rare("inline fragments, wide", a -> a.graphql("{ me {" + " ... on User { id }".repeat(8_000) + " } }")),
                rare("directives", a -> a.graphql("{ me { id " + "@include(if: true) ".repeat(8_000) + "} }")),
                rare("aliases", a -> a.graphql("{ " + numbered(5_000, i -> "a" + i + ": me { id } ") + "}")),
                rare(
                        "introspection that doubles",
                        a -> a.graphql("{ __schema { types { fields { type { fields "
                                + "{ type { fields { type { fields { type { name } } } } } } } } } } }")),
                worst("a list of 100,000 in variables", a -> a.json("/graphql", """
                                {"query":"query($v: [Variable!]) { calculate(expression: \\"1\\", variables: $v) { value } }",
                                 "variables":{"v":[%s{"name":"a","value":"1"}]}}""".formatted("""
                                {"name":"a","value":"1"},""".repeat(30_000)))),
                rare("a query of 1 MB of commas", a -> a.graphql("{ me { id } }" + ",".repeat(MB - 100))),
                rare("a query of 1 MB of braces", a -> a.graphql("{ a".repeat(300_000))),
                rare(
                        "large bodies, one after another",
                        a -> Attacker.atOnce(
                                8, _ -> IntStream.range(0, 60).forEach(_ -> a.graphql("{ a".repeat(300_000))))),
                rare(
                        "different queries, each to be remembered",
                        a -> Attacker.atOnce(
                                8,
                                client -> IntStream.range(0, 60)
                                        .forEach(i -> a.graphql(
                                                "{ c" + client + "x" + i + ": me { id } }" + " ".repeat(100_000))))),
                worst(
                        "a graph of long texts",
                        a -> Attacker.atOnce(
                                16,
                                client -> a.graphql("{ "
                                        + numbered(
                                                20,
                                                i -> "a" + i + ": project(id: \"" + a.projectId()
                                                        + "\") { tasks(first: 100) { nodes { description } } } ")
                                        + "}"))),

                // Bodies
                worst(
                        "uploads that are never finished",
                        a -> Attacker.atOnce(24, i -> a.begin("/api/imports", a.authorization(), FILE, 20 * MB))),
                rare(
                        "uploads by anybody that are never finished",
                        a -> Attacker.atOnce(24, i -> a.begin("/api/imports", "", FILE, 20 * MB))),
                worst("200 sign-ins of 1 MB that are never finished, then imports", a -> {
                    Attacker.atOnce(200, i -> a.begin("/api/sessions", JSON, MB, MB - 1));
                    a.importFile(table(19_000, "x".repeat(1_200)));
                }),
                rare(
                        "1,000 small bodies that are never finished",
                        a -> Attacker.atOnce(1_000, i -> a.begin("/api/sessions", JSON, 16_000, 15_000))),
                rare(
                        "300 tasks of 1 MB that are never finished",
                        a -> Attacker.atOnce(300, i -> a.begin("/api/tasks", a.authorization() + JSON, MB, MB - 1))),
                worst(
                        "deep JSON",
                        a -> Attacker.atOnce(8, i -> {
                            a.json("/api/tasks", "[".repeat(MB - 100));
                            a.json("/graphql", "{\"variables\":" + "{\"a\":".repeat(150_000));
                        })),
                rare(
                        "wide JSON",
                        a -> Attacker.atOnce(
                                8,
                                i -> a.json(
                                        "/api/tasks", "{" + numbered(60_000, n -> "\"k" + n + "\":1,") + "\"z\":1}"))),
                rare("a number of 1 MB", a -> a.json("/api/tasks", "{\"title\":" + "9".repeat(MB - 100) + "}")),
                rare("a name of 1 MB", a -> a.json("/api/tasks", "{\"" + "n".repeat(MB - 100) + "\":1}")),
                rare(
                        "zipped bodies",
                        a -> Attacker.atOnce(
                                8,
                                i -> a.ask(
                                        "POST",
                                        "/api/tasks",
                                        a.authorization() + JSON + "Content-Encoding: gzip\r\n",
                                        zipped("[".repeat(200 * MB / 8))))),
                rare(
                        "passwords by many",
                        a -> Attacker.atOnce(
                                200,
                                i -> a.ask("POST", "/api/sessions", JSON, """
                                {"email":"a%d@example.org","password":"%s"}""".formatted(i, "p".repeat(150))
                                        .getBytes(StandardCharsets.UTF_8)))),

                // Heads
                rare(
                        "a head of 1 MB",
                        a -> Attacker.atOnce(
                                50, i -> a.ask("GET", "/api/users/me", "X: " + "x".repeat(MB) + "\r\n", new byte[0]))),
                rare(
                        "10,000 cookies",
                        a -> Attacker.atOnce(
                                50,
                                i -> a.ask(
                                        "GET",
                                        "/api/users/me",
                                        "Cookie: " + numbered(10_000, n -> "c" + n + "=1; ") + "\r\n",
                                        new byte[0]))),
                rare(
                        "a path of 1 MB",
                        a -> Attacker.atOnce(50, i -> a.ask("GET", "/" + "a".repeat(MB), "", new byte[0]))),
                rare(
                        "heads that never end",
                        a -> Attacker.atOnce(
                                1_000, i -> a.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(4_000)))),
                rare(
                        "20,000 tokens that are none",
                        a -> Attacker.atOnce(
                                32,
                                client -> IntStream.range(0, 600)
                                        .forEach(i -> a.ask(
                                                "GET",
                                                "/api/users/me",
                                                "Authorization: Bearer tarn_" + client + "x" + i + "y".repeat(3_000)
                                                        + "\r\n",
                                                new byte[0])))),

                // Answers
                worst("answers that nobody reads", a -> {
                    Attacker.atOnce(
                            100,
                            i -> a.send(("GET /api/tasks?limit=100&project=" + a.projectId()
                                            + " HTTP/1.1\r\nHost: localhost\r\n" + a.authorization() + "\r\n")
                                    .repeat(40)));
                    Attacker.pause(4_000);
                }),
                rare(
                        "10,000 requests on each connection",
                        a -> Attacker.atOnce(
                                20,
                                i -> a.send(
                                        "GET /api/registration HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(10_000)))),

                // Expressions and texts
                worst(
                        "batches of costly calculations",
                        a -> Attacker.atOnce(
                                8, i -> a.json("/api/calculations/batch", batch("9^9^9^9 + (1/3)^1000 * 7^7^7")))),
                rare(
                        "powers that grow",
                        a -> a.json("/api/calculations", """
                        {"expression":"%s2%s"}""".formatted("(".repeat(500), "^9)".repeat(500)))),
                rare("deep parentheses", a -> a.json("/api/calculations", """
                        {"expression":"%s1"}""".formatted("(".repeat(4_900)))),
                rare("signs in a row", a -> a.json("/api/calculations", """
                        {"expression":"%s1"}""".formatted("-".repeat(4_900)))),
                rare(
                        "Markdown, deep",
                        a -> Attacker.atOnce(
                                8, i -> a.json("/api/posts/renderings", "{\"body\":\"" + "> ".repeat(9_900) + "\"}"))),
                rare(
                        "Markdown, open brackets",
                        a -> Attacker.atOnce(
                                8,
                                i -> a.json("/api/posts/renderings", "{\"body\":\"" + "[a](".repeat(4_900) + "\"}"))),
                rare(
                        "Markdown, stars",
                        a -> Attacker.atOnce(
                                8,
                                i -> a.json("/api/posts/renderings", "{\"body\":\"" + "*a_ ".repeat(4_900) + "\"}"))),

                // Files
                worst("a table with one quoted cell", a -> a.importFile(file("title\n\"", "a", "\"\n"))),
                worst(
                        "a table with a letter outside of Latin-1 in each row",
                        a -> a.importFile(table(19_999, "x".repeat(1_200) + "\u0416"))),
                worst(
                        "a board with 1.2 million lists",
                        a -> a.importFile(file("{\"cards\":[],\"lists\":[", "{\"name\":\"a\"},", "{}]}"))),
                worst(
                        "a board with 900,000 custom fields",
                        a -> a.importFile(file(
                                "{\"cards\":[],\"lists\":[],\"customFields\":[",
                                "{\"id\":\"a\",\"name\":\"b\"},",
                                "{}]}"))),
                rare("eight honest imports at once", a -> {
                    byte[] file = table(19_000, "x".repeat(1_250));
                    Attacker.atOnce(8, i -> a.importFile(file));
                }),
                rare("a table with one row", a -> a.importFile(file("title\n", "a,", "\n"))),
                rare("a table of one line of quotation marks", a -> a.importFile(file("", "\"", ""))),
                rare("a table of empty lines", a -> a.importFile(file("title\n", "\n", "x\n"))),
                rare("a table with a header of 25 MB", a -> a.importFile(file("title", ",column", "\n"))),
                rare(
                        "wide rows",
                        a -> a.importFile(file(
                                "title" + numbered(1_500, i -> ",c" + i) + "\n", "a" + ",1".repeat(1_500) + "\n", ""))),
                rare("NULs", a -> a.importFile(new byte[FILE])),
                rare("deep JSON in a file", a -> a.importFile(file("{\"cards\":", "[", ""))),
                rare(
                        "a board with one description of 25 MB",
                        a -> a.importFile(file("{\"lists\":[],\"cards\":[{\"desc\":\"", "x", "\"}]}"))),
                rare(
                        "a board with 900,000 comments",
                        a -> a.importFile(file(
                                "{\"lists\":[],\"cards\":[],\"actions\":[",
                                "{\"type\":\"commentCard\",\"data\":{\"text\":\"\u0416\"}},",
                                "{}]}"))),
                rare("a board with one key of 25 MB", a -> a.importFile(file("{\"", "k", "\":1}"))),
                rare(
                        "a board with 3 million keys",
                        a -> a.importFile(
                                ("{" + numbered(1_500_000, i -> "\"k" + i + "\":1,") + "\"cards\":[],\"lists\":[]}")
                                        .getBytes(StandardCharsets.UTF_8))));
    }

    private static Attack worst(String name, Consumer<Attacker> action) {
        return new Attack(name, true, action);
    }

    private static Attack rare(String name, Consumer<Attacker> action) {
        return new Attack(name, false, action);
    }

    private static String doubling(int count) {
        return "{ me { ...f0 } } "
                + numbered(count, i -> "fragment f" + i + " on User { ...f" + (i + 1) + " ...f" + (i + 1) + " } ")
                + "fragment f" + count + " on User { id }";
    }

    private static String batch(String expression) {
        return "{\"calculations\":[" + ("{\"expression\":\"" + expression + "\"},").repeat(99) + "{\"expression\":\""
                + expression + "\"}]}";
    }

    private static String numbered(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining());
    }

    private static byte[] table(int rows, String text) {
        return ("title,description\n" + ("task," + text + "\n").repeat(rows)).getBytes(StandardCharsets.UTF_8);
    }

    /// The largest file of this form that is allowed.
    private static byte[] file(String before, String repeated, String after) {
        int count = (FILE - before.length() - after.length()) / repeated.getBytes(StandardCharsets.UTF_8).length;
        return (before + repeated.repeat(count) + after).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
