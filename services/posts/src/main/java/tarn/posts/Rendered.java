package tarn.posts;

import java.util.Comparator;
import java.util.List;

/// What Markdown has become.
///
/// @param html of nothing but allowed elements and attributes: can be shown as it is
/// @param mentions whom it names, each once, by name
record Rendered(String html, List<Mention> mentions) {

    Rendered {
        mentions = mentions.stream()
                .sorted(Comparator.comparing(Mention::name).thenComparing(Mention::userId))
                .toList();
    }
}
