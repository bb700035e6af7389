package tarn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tarn.platform.problem.Problem;

final class ProblemTitlesTest {

    /// Where a status is written down: alone, or before its code.
    private static final Pattern STATUS = Pattern.compile("(?:return|[(,]|case)\\s*([45]\\d\\d)(?:;|,\\s*\"| ->)");

    @Test
    void everyStatusThatIsAnsweredHasATitle() {
        TreeSet<Integer> statuses = new TreeSet<>();
        for (String folder : List.of("platform/runtime", "services")) {
            Repository.here()
                    .files(folder, path -> path.contains("src/main/") && path.endsWith(".java"))
                    .forEach(file -> {
                        for (Matcher found = STATUS.matcher(Repository.text(file)); found.find(); ) {
                            statuses.add(Integer.parseInt(found.group(1)));
                        }
                    });
        }

        assertThat(statuses).contains(400, 404, 405, 408, 413, 414, 421, 422, 429, 431, 503);
        assertThat(statuses)
                .extracting(
                        status -> Problem.of(status, "x", "X.", List.of(), null).title())
                .noneMatch(title -> title.startsWith("Status"));
    }
}
