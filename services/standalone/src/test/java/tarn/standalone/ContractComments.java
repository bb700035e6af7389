package tarn.standalone;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tarn.testing.Repository;

/// What the comment of a type says of it and, after `@param`, of its components.
final class ContractComments {

    private static final Pattern PARAMETER = Pattern.compile("@param (\\w+) (.*)");
    private static final Map<Class<?>, List<String>> FILES = new ConcurrentHashMap<>();

    private ContractComments() {}

    /// The sentences by the names of components; that of the type itself by the empty name.
    static Map<String, String> of(Class<?> type) {
        List<String> lines = FILES.computeIfAbsent(outermost(type), ContractComments::lines);
        Pattern declaration = Pattern.compile(
                "\\s*(?:(?:public|private|static|final) )*(?:record|enum|class) " + type.getSimpleName() + "\\b.*");
        int at = 0;
        while (at < lines.size() && !declaration.matcher(lines.get(at)).matches()) {
            at++;
        }
        int begin = at;
        while (begin > 0 && lines.get(begin - 1).strip().matches("///.*|@.*")) {
            begin--;
        }
        return read(lines.subList(begin, at).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("///"))
                .map(line -> line.substring(3).strip())
                .toList());
    }

    private static Map<String, String> read(List<String> comment) {
        Map<String, String> sentences = new HashMap<>();
        String name = "";
        for (String line : comment) {
            Matcher parameter = PARAMETER.matcher(line);
            if (parameter.matches()) {
                name = parameter.group(1);
                sentences.put(name, parameter.group(2));
            } else {
                sentences.merge(name, line, (before, more) -> more.isEmpty() ? before : before + ' ' + more);
            }
        }
        sentences.replaceAll((_, text) -> sentence(text));
        return sentences;
    }

    /// With a capital and an end.
    private static String sentence(String text) {
        String stripped = text.replaceAll("\\[#?(\\w+)]", "$1").strip();
        if (stripped.isEmpty()) {
            return "";
        }
        String begun = Character.toUpperCase(stripped.charAt(0)) + stripped.substring(1);
        return begun.endsWith(".") ? begun : begun + '.';
    }

    private static Class<?> outermost(Class<?> type) {
        return type.getEnclosingClass() == null ? type : outermost(type.getEnclosingClass());
    }

    private static List<String> lines(Class<?> type) {
        String file = "src/main/java/" + type.getName().replace('.', '/') + ".java";
        Repository repository = Repository.here();
        List<Path> found = List.of("imports", "platform", "services").stream()
                .flatMap(folder -> repository.files(folder, path -> path.endsWith(file)).stream())
                .toList();
        return Repository.text(found.getFirst()).lines().toList();
    }
}
