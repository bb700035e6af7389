package tarn.posts;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whom `@ada-lovelace` means among some people: whoever's name comes to that when it is folded. `@ada`
/// means her too while only one of them has that first name, and `@Ada Lovelace` always. What could mean two
/// people means nobody.
final class Handles {

    static final Handles NONE = of(List.of());

    private static final int LONGEST = 200;
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Map<String, Mention> people;
    private final Map<String, List<Mention>> namesakes;

    private Handles(Map<String, Mention> people, Map<String, List<Mention>> namesakes) {
        this.people = people;
        this.namesakes = namesakes;
    }

    static Handles of(Collection<Mention> people) {
        Map<String, List<Mention>> whole = new HashMap<>();
        Map<String, List<Mention>> first = new HashMap<>();
        for (Mention person : people) {
            add(whole, folded(person.name()), person);
            add(first, folded(SPACE.split(person.name().strip(), 2)[0]), person);
        }
        Map<String, List<Mention>> all = new HashMap<>(first);
        all.putAll(whole);
        Map<String, Mention> meant = new HashMap<>();
        all.forEach((handle, some) -> {
            if (some.size() == 1) {
                meant.put(handle, some.getFirst());
            }
        });
        return new Handles(meant, first);
    }

    private static void add(Map<String, List<Mention>> people, String handle, Mention person) {
        if (!handle.isEmpty() && handle.length() <= LONGEST) {
            people.computeIfAbsent(handle, unseen -> new ArrayList<>()).add(person);
        }
    }

    /// Somebody who is meant.
    ///
    /// @param length how many of the characters behind the `@` name them
    record Found(Mention person, int length) {}

    /// Who is meant: whoever is written with the whole name, its words as they are (`@Ada Lovelace`), else
    /// whose handle it is.
    ///
    /// @param handle what follows the `@`, as far as it can be a handle
    /// @param words all that is written
    /// @param from where in it the handle begins
    Optional<Found> find(String handle, String words, int from) {
        List<Mention> written = namesakes.getOrDefault(folded(handle), List.of()).stream()
                .filter(person -> words.regionMatches(
                                true, from, person.name(), 0, person.name().length())
                        && !continues(words, from + person.name().length()))
                .toList();
        if (written.isEmpty()) {
            return Optional.ofNullable(people.get(folded(handle))).map(person -> new Found(person, handle.length()));
        }
        int longest = written.stream()
                .mapToInt(person -> person.name().length())
                .max()
                .orElse(0);
        List<Mention> meant = written.stream()
                .filter(person -> person.name().length() == longest)
                .toList();
        return meant.size() == 1 ? Optional.of(new Found(meant.getFirst(), longest)) : Optional.empty();
    }

    private static boolean continues(String words, int end) {
        return end < words.length() && Character.isLetterOrDigit(words.codePointAt(end));
    }

    /// Compatible forms are one (NFKC), case does not count, and whatever is no letter or digit becomes
    /// a dash between those that are.
    static String folded(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String dashed = OTHERS.matcher(plain).replaceAll("-");
        int from = dashed.startsWith("-") ? 1 : 0;
        int to = dashed.length() - (dashed.endsWith("-") && dashed.length() > from ? 1 : 0);
        return dashed.substring(from, to);
    }
}
