package tarn.posts;

import java.util.Comparator;
import java.util.List;

/// A post's body rendered as safe HTML, with its mentions.
///
/// @param html of allowed elements and attributes only
/// @param mentions distinct, sorted by name
record RenderedMarkdown(String html, List<Mention> mentions) {

    RenderedMarkdown {
        mentions = mentions.stream()
                .sorted(Comparator.comparing(Mention::name).thenComparing(Mention::userId))
                .toList();
    }
}
