package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A simple name of a type means one thing: main code declares it in at most two files.
final class TypeNamesTest {

    private static final int MAX_FILES = 2;

    /// Names that a reader always sees behind their outer type, as in `Task.Id`.
    private static final Set<String> ANYWHERE = Set.of("Id", "Content", "View", "Draft", "State", "Change", "Kind");

    private static final Pattern DECLARATION =
            Pattern.compile("^\\s*(?:[a-z-]+ )*(?:class|record|enum|@?interface) ([A-Z]\\w*)", Pattern.MULTILINE);

    private static boolean isMainCode(String file) {
        return file.contains("/src/main/java/")
                && file.endsWith(".java")
                // A service that a test adds to a copy of the repository.
                && !file.contains("/src/test/")
                // What an event says is named by what happened.
                && !file.endsWith("Event.java");
    }

    private static Map<String, Set<Path>> declarations() {
        Repository repository = Repository.here();
        Map<String, Set<Path>> files = new TreeMap<>();
        Stream.of("catalogue", "imports", "journeys", "platform", "services")
                .flatMap(folder -> repository.files(folder, TypeNamesTest::isMainCode).stream())
                .forEach(file -> DECLARATION
                        .matcher(Repository.text(file))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(name -> files.computeIfAbsent(name, _ -> new TreeSet<>())
                                .add(file)));
        return files;
    }

    @Test
    void areDeclaredInAtMostTwoFiles() {
        Map<String, Set<Path>> files = declarations();
        assertThat(files).hasSizeGreaterThan(300);

        files.keySet().removeAll(ANYWHERE);
        files.values().removeIf(places -> places.size() <= MAX_FILES);

        assertThat(files).isEmpty();
    }

    @Test
    void areFoundWhereverTheyAreDeclared() {
        String code = """
                public sealed interface Shape permits Round {}
                    private record Round<T>(int size) implements Shape {}
                final class Corner {}
                @interface Drawn {}
                // a class Imagined
                """;

        List<String> names =
                DECLARATION.matcher(code).results().map(MatchResult::group).toList();

        assertThat(names).hasSize(4);
    }
}
