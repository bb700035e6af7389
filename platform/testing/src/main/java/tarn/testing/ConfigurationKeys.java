package tarn.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares the settings that the sources read with those explained in `.env.example`.
///
/// A setting `tarn.x.y` is the environment variable `TARN_X_Y`; a computed name such as
/// `"tarn.route." + service` matches every variable with that prefix and suffix.
public final class ConfigurationKeys {

    /// A place that reads a setting.
    ///
    /// @param variable as in `TARN_PORT`; `*` stands for a computed part
    /// @param settled whether the setting is optional
    /// @param place the file that reads it
    private record Reading(String variable, boolean settled, Path place) {

        boolean of(String other) {
            int computed = variable.indexOf('*');
            return computed < 0
                    ? other.equals(variable)
                    : other.startsWith(variable.substring(0, computed))
                            && other.endsWith(variable.substring(computed + 1));
        }
    }

    private static final Pattern PROPERTY = Pattern.compile(
            "@ConfigProperty\\(\\s*name\\s*=\\s*\"(tarn\\.[^\"]+)\"(\\s*,\\s*defaultValue[^)]*)?\\)\\s*(Optional<)?");
    private static final Pattern LOOKUP = Pattern.compile(
            "get(Optional)?Values?\\(\\s*\"(tarn\\.[^\"]*)\"(\\s*\\+\\s*[a-z]\\w*(\\s*\\+\\s*\"([^\"]*)\")?)?");
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(\\s*prefix\\s*=\\s*\"(tarn[^\"]*)\"");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(tarn\\.[^:}]+)(:[^}]*)?}");
    private static final Pattern VARIABLE = Pattern.compile("\"(TARN_[A-Z0-9_]+)\"");
    private static final Pattern WORD = Pattern.compile("\\bTARN_[A-Z0-9_]+\\b");
    private static final Pattern EXPLAINED = Pattern.compile("^#?\\s?(TARN_[A-Z0-9_]+)=.*");

    private final List<Reading> readings = new ArrayList<>();
    private final TreeSet<String> known = new TreeSet<>();
    private final TreeSet<String> unexplained = new TreeSet<>();

    /// Reads the sources and `.env.example` of a repository.
    public ConfigurationKeys(Repository repository) {
        for (String folder : List.of("platform/runtime", "services")) {
            repository
                    .files(folder, path -> path.contains("src/main/") && path.endsWith(".java"))
                    .forEach(this::readJava);
            repository
                    .files(folder, path -> path.contains("src/main/") && path.endsWith(".properties"))
                    .forEach(this::readProperties);
        }
        for (String name : List.of("tarn", "compose.yaml", "Dockerfile")) {
            repository.files("", path -> path.equals(name)).forEach(this::readScript);
        }
        repository.files("", path -> path.equals(".env.example")).forEach(this::readExample);
    }

    /// Required settings missing from `.env.example`, with the files that read them.
    public List<String> undocumented() {
        return readings.stream()
                .filter(reading -> known.stream().noneMatch(reading::of))
                .filter(reading ->
                        readings.stream().noneMatch(other -> other.settled() && other.of(reading.variable())))
                .map(reading ->
                        reading.variable() + " read in " + reading.place().getFileName())
                .distinct()
                .sorted()
                .toList();
    }

    /// Settings in `.env.example` that nothing reads.
    public List<String> unread() {
        return known.stream()
                .filter(variable -> readings.stream().noneMatch(reading -> reading.of(variable)))
                .toList();
    }

    /// Settings in `.env.example` without a comment before them.
    public List<String> unexplained() {
        return List.copyOf(unexplained);
    }

    private void readJava(Path file) {
        String text = Repository.text(file);
        for (Matcher found = PROPERTY.matcher(text); found.find(); ) {
            add(found.group(1), found.group(2) != null || found.group(3) != null, file);
        }
        for (Matcher found = LOOKUP.matcher(text); found.find(); ) {
            String rest = found.group(3) == null ? "" : '*' + (found.group(5) == null ? "" : found.group(5));
            add(found.group(2) + rest, found.group(1) != null, file);
        }
        for (Matcher found = MAPPING.matcher(text); found.find(); ) {
            add(found.group(1) + ".*", false, file);
        }
        for (Matcher found = VARIABLE.matcher(text); found.find(); ) {
            add(found.group(1), false, file);
        }
    }

    private void readProperties(Path file) {
        for (Matcher found = EXPRESSION.matcher(Repository.text(file)); found.find(); ) {
            add(found.group(1), found.group(2) != null, file);
        }
    }

    private void readScript(Path file) {
        for (Matcher found = WORD.matcher(Repository.text(file)); found.find(); ) {
            add(found.group(), true, file);
        }
    }

    private void readExample(Path file) {
        boolean explained = false;
        for (String line : Repository.text(file).lines().toList()) {
            Matcher variable = EXPLAINED.matcher(line);
            if (variable.matches()) {
                known.add(variable.group(1));
                if (!explained) {
                    unexplained.add(variable.group(1));
                }
                explained = false;
            } else {
                explained = line.startsWith("# ");
            }
        }
    }

    private void add(String key, boolean settled, Path file) {
        String variable = key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
        readings.add(new Reading(variable, settled, file));
    }
}
