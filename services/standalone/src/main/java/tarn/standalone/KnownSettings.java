package tarn.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The settings explained in the bundled `.env.example`, to detect unknown and misspelt variables.
final class KnownSettings {

    private static final Pattern EXPLAINED = Pattern.compile("(?m)^#?\\s?(TARN_[A-Z0-9_]+)=");

    /// Variables set by the launcher and supervisors, and those of tests.
    private static final Set<String> INTERNAL = Set.of("TARN_PARENT", "TARN_CHROMIUM", "TARN_JAVA_FOUND");

    private KnownSettings() {}

    /// The variables that no service reads.
    static List<String> unknown(Collection<String> variables) {
        Set<String> known = known();
        return variables.stream()
                .filter(variable -> !known.contains(variable) && !INTERNAL.contains(variable))
                .sorted()
                .toList();
    }

    private static Set<String> known() {
        try (InputStream file = Objects.requireNonNull(KnownSettings.class.getResourceAsStream(".env.example"))) {
            return EXPLAINED
                    .matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
