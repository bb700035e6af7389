package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What users, operators and contributors read has one word for one thing, and the field's own.
final class WordsTest {

    private static final Pattern FORBIDDEN = Pattern.compile(
            // "cannot"
            "(?i:\\bcan not\\b)"
                    // "user"
                    + "|(?i:\\b(?:somebody|anybody)\\b)"
                    // "timestamp"
                    + "|(?i:(?<!\\bin a |\\bat the |\\bfor a )\\bmoments?\\b)"
                    // "MAX_"
                    + "|\\b(?:MOST|LONGEST|DEEPEST)_[A-Z]"
                    // A name that says which
                    + "|\\b(?:class|enum|interface|record|type) Place\\b");

    private static final Pattern DECISION = Pattern.compile("\\[(\\d{4})]\\(([^)]+)\\) \\| (.+?) \\|");

    /// `TaskApiTest` and `import.journey.ts`, in Markdown.
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w+Test|[a-z-]+\\.journey\\.ts)\\b");

    private static final Repository REPOSITORY = Repository.here();

    private static Stream<Path> texts() {
        Stream<Path> folders = Stream.of(
                        "catalogue", "contracts", "docs", "imports", "platform", "services", "web/docs", "web/src")
                .flatMap(folder -> REPOSITORY.files(folder, WordsTest::isRead).stream());
        Stream<Path> files = Stream.of("README.md", "RUNBOOK.md", "DECISIONS.md", ".env.example", "tarn")
                .map(REPOSITORY.root()::resolve);
        return Stream.concat(folders, files);
    }

    private static boolean isRead(String file) {
        return file.matches(".*\\.(?:java|md|html|yaml|graphqls|ts|tsx)")
                && !file.matches(".*(?:/target/|/generated/|/src/test/|\\.test\\.tsx?).*");
    }

    private static List<String> forbidden(String text) {
        return FORBIDDEN.matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void areThoseOfTheField() {
        List<String> found = new ArrayList<>();
        texts().forEach(file -> forbidden(Repository.text(file))
                .forEach(word -> found.add(REPOSITORY.root().relativize(file) + ": " + word)));

        assertThat(texts()).hasSizeGreaterThan(700);
        assertThat(found).isEmpty();
    }

    @Test
    void areRecognised() {
        String text = "It can not be. Somebody at the moment of MOST_ITEMS in a class Place. Try again in a moment.";

        assertThat(forbidden(text)).containsExactly("can not", "Somebody", "MOST_I", "class Place");
        assertThat(forbidden("A moment in the past.")).containsExactly("moment");
    }

    @Test
    void ofADecisionsTitleAreTheSameInItsListAndItsPage() {
        List<MatchResult> decisions = DECISION.matcher(
                        Repository.text(REPOSITORY.root().resolve("DECISIONS.md")))
                .results()
                .toList();

        assertThat(decisions).hasSizeGreaterThan(30);
        assertThat(decisions)
                .allSatisfy(
                        decision -> assertThat(Repository.text(REPOSITORY.root().resolve(decision.group(2))))
                                .startsWith("# " + decision.group(1) + " " + decision.group(3) + "\n"));
    }

    @Test
    void nameTestsThatExist() {
        List<String> tests = Stream.of("catalogue", "imports", "journeys", "platform", "services")
                .flatMap(folder ->
                        REPOSITORY.files(folder, file -> file.matches(".*(?:Test\\.java|\\.journey\\.ts)")).stream())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();
        List<String> named = texts().filter(file -> file.toString().endsWith(".md"))
                .flatMap(file -> NAMED_TEST.matcher(Repository.text(file)).results())
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(named).hasSizeGreaterThan(50);
        assertThat(tests).containsAll(named);
    }
}
