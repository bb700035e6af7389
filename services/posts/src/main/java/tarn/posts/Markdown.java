package tarn.posts;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.autolink.AutolinkType;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// Renders Markdown (CommonMark, tables, strikethrough, task lists, bare links, kept line breaks)
/// to safe HTML: HTML in it becomes text, and the output passes an allowlist sanitiser.
///
/// Links may use http, https and mailto; images https, for which the web app shows placeholders, so
/// that reading leaks nothing. Nesting is capped at 40; a text with over 5,000 table cells or
/// 200,000 characters of HTML is shown as written.
@Singleton
final class Markdown {

    /// Version of these rules; stored HTML of another version is rendered again when read,
    /// mentioning only users already mentioned.
    static final short RULES = 2;

    private static final int MAX_OPEN_BLOCKS = 40;
    private static final int MAX_INLINE_NESTING = 40;
    private static final int MAX_CELLS = 5_000;
    private static final int MAX_HTML = 200_000;

    /// A handle stands alone: not within a word, an address or a longer handle. Unspaced scripts
    /// have no such words.
    private static final Pattern AT =
            Pattern.compile("(?:(?<=[" + Handles.UNSPACED + "])|(?<![\\p{L}\\p{M}\\p{N}_@/.+-]))[@\uff20]");

    /// Direction controls, which can stay unterminated and so reverse the text after them.
    private static final Pattern DIRECTIONS = Pattern.compile("[\\u202a-\\u202e\\u2066-\\u2069]");

    private static final String MENTION = "mention";
    private static final String USER = "data-user";

    private static final Set<String> BLOCKS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "table", "th", "td");

    private static final PolicyFactory ALLOWED = new HtmlPolicyBuilder()
            .allowElements("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "del")
            .allowElements("blockquote", "ul", "ol", "li", "pre", "code", "img", "span", "input")
            // A link that leads nowhere is its text.
            .allowElements((element, attributes) -> attributes.contains("href") ? element : null, "a")
            .allowElements("table", "thead", "tbody", "tr", "th", "td")
            .allowUrlProtocols("http", "https", "mailto")
            .allowAttributes("href")
            .matching(Pattern.compile(".+"))
            .onElements("a")
            .allowAttributes("title")
            .onElements("a")
            .requireRelsOnLinks("nofollow", "noopener", "noreferrer")
            .allowAttributes("src")
            .matching(Pattern.compile("https://.+"))
            .onElements("img")
            .allowAttributes("alt", "title")
            .onElements("img")
            .allowAttributes("start")
            .matching(Pattern.compile("[0-9]{1,9}"))
            .onElements("ol")
            .allowAttributes("class")
            .matching(Pattern.compile("language-[A-Za-z0-9+#._-]{1,40}"))
            .onElements("code")
            .allowAttributes("align")
            .matching(true, "left", "center", "right")
            .onElements("th", "td")
            .allowAttributes("dir")
            .matching(true, "auto")
            .onElements(BLOCKS.toArray(String[]::new))
            .allowAttributes("type")
            .matching(true, "checkbox")
            .onElements("input")
            .allowAttributes("checked", "disabled")
            .onElements("input")
            .allowAttributes("class")
            .matching(true, MENTION)
            .onElements("span")
            .allowAttributes(USER)
            .matching(Pattern.compile("[0-9a-f-]{36}"))
            .onElements("span")
            .toFactory();

    private final Parser parser;
    private final HtmlRenderer renderer;

    Markdown() {
        List<Extension> extensions = List.of(
                AutolinkExtension.builder().linkTypes(AutolinkType.EMAIL).build(),
                StrikethroughExtension.create(),
                TaskListItemsExtension.create(),
                new TablesExtension.Builder().maxCells(MAX_CELLS).build());
        this.parser = Parser.builder()
                .extensions(extensions)
                .customInlineContentParserFactory(new BareLink.Factory())
                .maxOpenBlockParsers(MAX_OPEN_BLOCKS)
                .maxInlineNesting(MAX_INLINE_NESTING)
                .build();
        this.renderer = HtmlRenderer.builder()
                .extensions(extensions)
                .softbreak("<br />\n")
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto")))
                .percentEncodeUrls(true)
                .attributeProviderFactory(context -> Markdown::letDirectionFollowText)
                .nodeRendererFactory(context -> new MentionRenderer(context.getWriter()))
                .build();
    }

    /// @param text at most as long as a post's body
    /// @param handles the users it can mention
    RenderedMarkdown render(String text, Handles handles) {
        try {
            Node document = parser.parse(text);
            Resolver resolver = new Resolver(handles);
            document.accept(resolver);
            Bounded html = new Bounded();
            renderer.render(document, html);
            return new RenderedMarkdown(clean(html.text.toString()), List.copyOf(resolver.mentioned.values()));
        } catch (IllegalArgumentException tooMuch) {
            IndentedCodeBlock asWritten = new IndentedCodeBlock();
            asWritten.setLiteral(text);
            return new RenderedMarkdown(clean(renderer.render(asWritten)), List.of());
        }
    }

    /// Gives each block `dir="auto"`.
    private static void letDirectionFollowText(Node node, String tag, Map<String, String> attributes) {
        if (BLOCKS.contains(tag)) {
            attributes.put("dir", "auto");
        }
    }

    private static String clean(String html) {
        return ALLOWED.sanitize(DIRECTIONS.matcher(html).replaceAll(""));
    }

    /// A user's name in place of a handle.
    private static final class MentionNode extends CustomNode {
        private final Mention mention;

        private MentionNode(Mention mention) {
            this.mention = mention;
        }
    }

    private record MentionRenderer(HtmlWriter html) implements NodeRenderer {

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(MentionNode.class);
        }

        @Override
        public void render(Node node) {
            Mention mention = ((MentionNode) node).mention;
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("class", MENTION);
            attributes.put(USER, mention.userId().toString());
            html.tag("span", attributes);
            html.text('@' + mention.name());
            html.tag("/span");
        }
    }

    /// Replaces handles by mentions in text, but not in code, links and image placeholders.
    private static final class Resolver extends AbstractVisitor {
        private final Handles handles;
        private final Map<UUID, Mention> mentioned = new LinkedHashMap<>();

        private Resolver(Handles handles) {
            this.handles = handles;
        }

        @Override
        public void visit(Link link) {
            // A bare link in the text of another one is text.
            link.accept(new Unlinker(link));
        }

        @Override
        public void visit(Image image) {}

        @Override
        public void visit(Text text) {
            String words = Normalizer.normalize(text.getLiteral(), Normalizer.Form.NFC);
            Matcher handle = AT.matcher(words);
            int done = 0;
            while (handle.find()) {
                Optional<Handles.Found> found = handles.find(words, handle.end());
                if (found.isPresent() && handle.start() >= done) {
                    Mention mention = found.get().user();
                    mentioned.putIfAbsent(mention.userId(), mention);
                    insert(text, words.substring(done, handle.start()));
                    text.insertBefore(new MentionNode(mention));
                    done = handle.end() + found.get().length();
                }
            }
            if (done > 0) {
                insert(text, words.substring(done));
                text.unlink();
            }
        }

        private static void insert(Node place, String words) {
            if (!words.isEmpty()) {
                place.insertBefore(new Text(words));
            }
        }
    }

    /// Replaces links within a link by their text.
    private static final class Unlinker extends AbstractVisitor {
        private final Link outer;

        private Unlinker(Link outer) {
            this.outer = outer;
        }

        @Override
        public void visit(Link link) {
            Node child = link.getFirstChild();
            visitChildren(link);
            if (!link.equals(outer)) {
                while (child != null) {
                    Node next = child.getNext();
                    link.insertBefore(child);
                    child = next;
                }
                link.unlink();
            }
        }
    }

    /// An output that fails beyond a length.
    private static final class Bounded implements Appendable {
        private final StringBuilder text = new StringBuilder();

        @Override
        public Appendable append(CharSequence more) throws IOException {
            return append(more, 0, more.length());
        }

        @Override
        public Appendable append(CharSequence more, int start, int end) {
            text.append(more, start, end);
            if (text.length() > MAX_HTML) {
                throw new IllegalArgumentException("More than " + MAX_HTML + " characters");
            }
            return this;
        }

        @Override
        public Appendable append(char more) throws IOException {
            return append(String.valueOf(more));
        }
    }
}
